"""One scan of one account: read the new mail, find the phone interviews, gather what mail says of them, judge which draft is due,
draft it, and put it into Drafts. Nothing is ever sent; nothing but our own untouched drafts is ever changed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailrescue import carry_out, drafts, intake, lookback, steps
from mailrescue.desk import Desk
from mailrescue.model.plan import Report


def scan(desk: Desk, now: datetime, *, dry_run: bool = False) -> Report:
    """What the account holds at ``now`` (aware), and what was done about it; with ``dry_run`` what would be done, and nothing written.

    Raises the errors of the stores and of the journal; whatever is raised, no draft is lost and none written twice.
    """
    mailboxes = desk.store.mailboxes()
    set_aside = intake.take_in(desk, mailboxes, now)
    all_read = lookback.look_back(desk, mailboxes, now)

    messages = desk.journal.messages(desk.account)
    found, rejected = steps.find(desk, messages, now)
    if (more := intake.other_mail(desk, mailboxes, now, wanted=steps.in_view(found, now))) is not None:
        set_aside += more
        messages = desk.journal.messages(desk.account)
        found, rejected = steps.find(desk, messages, now)
    interviews = steps.gather(desk, mailboxes, messages, found)
    cases = steps.judge(desk, interviews, now)
    wanted = steps.draft(desk, cases, found, now)

    lying = carry_out.standing(desk, mailboxes, steps.keys(wanted), steps.threads(wanted))
    sent = steps.sent(messages, mailboxes, wanted)
    entries = carry_out.remembered(desk, mailboxes, lying, sent.message_ids, now)
    plan, notes = drafts.plan(wanted, lying, entries, sent.keys, desk.policy, now)
    if not dry_run:
        carry_out.adopt(desk, entries, lying, plan, now)
        notes += carry_out.carry_out(desk, mailboxes, plan, entries, now)
        intake.forget_outlived(desk, messages, now)
    report = steps.report(desk, cases, plan, notes, set_aside, rejected)
    return replace(report, uncertain=tuple(drafts.uncertain(wanted, entries, now)), until=steps.until(cases, wanted, now) if all_read else None)
