"""mailrescue: the right mail waiting in Drafts when a phone interview goes wrong. This page is the architecture.

**What flows.** Octets lie in a store. ``reading`` makes them a ``Message`` with its ``Invite``s. ``judgement`` finds the invites that
are phone interviews of the user, or video interviews where they want these, too (``Finding``), tracks them through updates,
cancellations and new attempts (``Interview`` with its ``Slot``s), and ties to each slot what other mail says of it (``Evidence``). An
ordered table tells which draft is due (``Verdict``). ``drafting`` says it in the invite's language. The result is compared with what
stands in Drafts and with what the journal remembers: a plan of ``Step``s, carried out or, with ``--dry-run``, only told (``Report``).

**A scan on one screen** is ``rescue.py``. Its stages:

    take in     intake      what arrived since the last scan, read once and kept in the journal; lookback: the mailbox's past, little by little
    find        steps       the invites that are phone interviews            judgement.phone_interview
    gather      steps       interviews, their slots, the evidence for each   judgement.track, evidence, whose
    judge       steps       which draft is due, which must go, and why       judgement.outcome, due
    draft       steps       the words and the headers                        judgement.facts, answer, slots; drafting
    plan        drafts      wanted, standing, remembered: write, keep, refresh, withdraw
    carry out   carry_out   the journal first, then APPEND, then a look at what lies there

**Layers.** Imports point down (import-linter checks it, pyproject.toml lists them); those in brackets never import each other.

    __main__ > cli > commands > glance > wiring > rescue > lookback > (intake steps carry_out) > judged > (desk oauth)
        > (stores reading judgement drafting drafts config journal secrets providers vocabulary) > model > (errors unchanged)

    __main__    most starts by cron end here: a glance at what the last scan left (``glance``, ``unchanged``) tells that nothing is new
    cli         words in, text and exit status out; with __main__ the only print, the only clock: everything else takes ``now``
    wiring      makes stores, templates and policy from the configuration; alone knows the concrete classes
    desk        what a scan works with: whose mailbox, which store, what is remembered, which words
    oauth       access tokens: a first login, renewal ahead of their end; secrets gives and keeps what it and passwords need
    stores      octets in and out; ``base.py`` is the promise that IMAP, Maildir and memory keep, one contract test runs over all
    reading     octets to values, bounded in size and time; what cannot be read comes back as a value that says why
    judgement   pure: values in, values out; no clock, no I/O, no third party. ``drafts`` is as pure
    vocabulary  how people say things, a folder of phrases for each language; templates/ is the same for what we say
    model       frozen values of the standard library, shared by all

**What never happens**, and where it is kept: nothing is sent (no module can; the tests look for one). Only Drafts is written, and only
our own untouched drafts are withdrawn: a draft's Message-ID carries a digest of what was written (``drafting.compose``), so that the
mailbox alone proves it. No draft is lost or written twice: the journal is on the disk before each APPEND, and the next scan looks before
it writes again (``carry_out``). Mail is hostile: parsers are bounded, mail text reaches templates as values only, and no IMAP
command but those in ``stores.wire`` leaves.

**Words** are the standards': invite, organizer, attendee, SEQUENCE (RFC 5545, 5546); mailbox, UID, flag, APPEND (RFC 9051). Ours:

    interview   what is tracked: one conversation about a job, whatever its invites' UIDs
    slot        one time that was set for it; an attempt begins anew when a slot passed without a conversation
    evidence    a fact read from the mailbox around a slot, with the message that shows it
    outcome     unknown, happened, no-show (they were absent), missed (the user was)
    untouched   what stands in Drafts is, provably, what was written
    set aside   what could not be read, and why

**To change it.** A word that people say: ``vocabulary/LANGUAGE``. What a draft says: ``templates/LANGUAGE``. When it is due:
``judgement/due.py`` and ``model/policy.py``. A sender's odd calendar: ``reading/quirks.py``, with the sample that shows it.
"""

__version__ = "0.1.0"
