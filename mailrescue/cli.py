"""Words in, text and exit status out: with __main__ the only module that prints and reads the clock. One verb, one small function."""

from __future__ import annotations

import argparse
import os
import sys

from mailrescue import __version__
from mailrescue.errors import ConfigurationError, MailrescueError, UsageError

TYPE_CHECKING = False       # typing itself would be a quarter of what --help costs
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path
    from typing import Any, NoReturn

    from mailrescue.commands.progress import Meter
    from mailrescue.commands.terminal import Terminal
    from mailrescue.glance import Glance
    from mailrescue.model.draft import DraftKind
    from mailrescue.wiring import Workshop


def run(words: Sequence[str], seen: Glance | None = None) -> int:
    """Do what the words say; returns the exit status (sysexits.h). Never raises. ``seen`` is what a glance before a scan saw."""
    options = argparse.Namespace(verbose=0, quiet=False)
    try:
        options = parser().parse_args(words, argparse.Namespace(seen=seen))
        verb = options.verb
        status: int = verb(options)
        sys.stdout.flush()
    except MailrescueError as error:
        _tell(error)
        return error.exit_status
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            _say_error("stopped; nothing is half done, and the next run goes on from here")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if options.verbose > 1:
            raise
        _say_error(f"a fault of ours: {type(error).__name__}: {error}; please report it, with what -vv shows")
        return 70
    return status


# ---- the verbs -----------------------------------------------------------------------------------------------------


def scan(options: argparse.Namespace) -> int:
    """One pass over every account."""
    from mailrescue.commands import lock, progress, show
    from mailrescue.commands import scan as scanning

    workshop, now = _workshop(options), _now(options)
    accounts = workshop.accounts(options.account)
    zone = workshop.config.me.timezone
    with progress.shown(wanted=not options.quiet) as workshop.progress:
        if options.dry_run:
            ended = scanning.scan(workshop, accounts, now, dry_run=True)
        else:
            with lock.held(workshop.state) as alone:
                if not alone:
                    if options.verbose:
                        _say("another scan is at work")
                    return 0
                ended = scanning.scan(workshop, accounts, now, dry_run=False, seen=options.seen)
                lock.stamp(workshop.state, now)
    if options.json:
        _say(_json(show.report_json(now, [e.report for e in ended], zone)))
    for end in ended:
        if not options.json:
            lines = show.report_text(end.report, dry_run=options.dry_run, all_of_it=bool(options.verbose))
            for line in lines or ([] if options.quiet or end.error else [f"{end.report.account}: nothing new to draft"]):
                _say(line)
        if end.error and (end.tell or options.verbose or sys.stderr.isatty()):
            _tell(end.error, end.report.account)
    return max((end.error.exit_status for end in ended if end.error), default=0)


def status(options: argparse.Namespace) -> int:
    """Interviews past and to come."""
    from mailrescue.commands import status as looking

    workshop, now = _workshop(options), _now(options)
    if options.max_age is not None:
        return _monitor(workshop, now, options.max_age)
    seen = looking.overview(workshop, workshop.journal(dry_run=True), now)
    if options.json:
        _say(_json(looking.as_json(seen, now, workshop.config.me.timezone)))
    elif sys.stdout.isatty():
        _say(looking.drawn(seen, _columns(), colour=_styled()))
    else:
        for line in looking.plain(seen):
            _say(line)
    return 0


def _monitor(workshop: Workshop, now: datetime, most: timedelta) -> int:
    """For a monitor: silent and 0, or 1 and a line for each account whose last good scan is longer ago."""
    from mailrescue.commands import doctor, show

    journal = workshop.journal(dry_run=True)
    faults = [(account.name, fault) for account in workshop.accounts() if (fault := doctor.stale(workshop, journal, account, now, most))]
    for name, fault in faults:
        _say(show.safe(f"{name}: {fault}"))
    return 1 if faults else 0


def explain(options: argparse.Namespace) -> int:
    """Why something is (not) a phone interview."""
    from mailrescue.commands import explain as explaining

    workshop = _workshop(options)
    failed = False
    for target in options.target:
        if not _path(target).exists():
            _explain_tracked(workshop, target, options)
            continue
        for explained in explaining.explain(workshop, explaining.files(_path(target))):
            failed |= explained.error is not None
            for line in _explained_lines(explained, workshop.config.me.timezone, as_json=options.json):
                _say(line)
    return 65 if failed else 0


def outcome(options: argparse.Namespace) -> int:
    """The user's word on what became of an interview."""
    from mailrescue.commands import tracked

    workshop, now = _workshop(options), _now(options)
    journal = workshop.journal()
    account, case = tracked.chosen(workshop, journal, now, options.interview)
    tracked.say(journal, account, case, options.outcome, now)
    if not options.quiet:
        _say(f"{case.interview.id}: {options.outcome}, in your own word; the next scan drafts accordingly")
    return 0


def brief(options: argparse.Namespace) -> int:
    """What to do now."""
    from mailrescue.commands import brief as briefing
    from mailrescue.commands import brief_page, tracked

    workshop, now = _workshop(options), _now(options)
    journal, me, folders = workshop.journal(dry_run=True), workshop.config.me, workshop.templates.folders
    account, case = tracked.at_hand(workshop, journal, now, options.interview)
    told = briefing.brief(case, journal.messages(account.name), journal.entries(account.name), me, folders) if account and case else None
    if options.json:
        _say(_json(brief_page.as_json(told, now, me.timezone)))
    elif told is None:
        _say(brief_page.nothing(me, folders))
    else:
        for line, heading in brief_page.text(told, me, folders, _columns()):
            _say(_bold(line) if heading else line)
    return 0


def setup(options: argparse.Namespace) -> int:
    """From an address to a configuration that works."""
    import time

    from mailrescue.commands import getting_in, progress

    workshop = _workshop(options)
    with progress.shown(wanted=True) as meter:
        workshop.progress = meter
        return getting_in.set_up(options, workshop, _terminal(options, meter), os.environ, _now(options), _clock, time.sleep)


def login(options: argparse.Namespace) -> int:
    """Renew what the keyring holds."""
    import time

    from mailrescue.commands import getting_in, progress

    with progress.shown(wanted=True) as meter:
        told = getting_in.log_in(_workshop(options), options.account, _terminal(options, meter), os.environ, _clock, time.sleep, options.flow)
    _say(told)
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Is everything in place?"""
    from mailrescue.commands import doctor as examining
    from mailrescue.commands import getting_in, progress, show

    with progress.shown(wanted=True):
        checks = getting_in.examine(_workshop(options), os.environ, _now(options), as_cron=options.as_cron)
    if options.json:
        _say(_json(examining.as_json(checks)))
    for line in [] if options.json else examining.text(checks):
        _say(show.safe(line))
    return 1 if any(check.level is examining.Level.BAD for check in checks) else 0


def schedule(options: argparse.Namespace) -> int:
    """Let the system run the scan."""
    from mailrescue.commands import getting_in, show

    if options.action == "install":
        workshop = _workshop(options)
        workshop.accounts()
        lines, status = getting_in.install(workshop, os.environ, options.using)
    elif options.action == "remove":
        lines, status = getting_in.unschedule(os.environ) or ["nothing was scheduled"], 0
    else:
        lines, status = getting_in.scheduled(os.environ) or ["nothing runs the scan; to change that: mailrescue schedule install"], 0
    for line in lines:
        _say(show.safe(line))
    return status


def watch(options: argparse.Namespace) -> int:
    """The scan whenever something happens."""
    import signal
    from zoneinfo import ZoneInfo

    from mailrescue.commands import show
    from mailrescue.commands import watch as watching

    workshop = _workshop(options)
    zone = ZoneInfo(workshop.config.me.timezone)
    signal.signal(signal.SIGTERM, signal.default_int_handler)       # systemd's way to say Ctrl-C
    try:
        for turn in watching.watch(workshop, workshop.accounts(options.account), _running_clock(options.now)):
            clock = f"{turn.at.astimezone(zone):%H:%M:%S}"
            for end in turn.ended:
                for line in show.report_text(end.report, dry_run=False, all_of_it=bool(options.verbose)):
                    _say(f"{clock}  {line}")
                for text in watching.notices(end.report) if options.notify else ():
                    watching.notify(show.safe(text), sys.platform)
                if end.error and (end.tell or options.verbose or sys.stderr.isatty()):
                    _tell(end.error, end.report.account)
            if options.verbose or (sys.stdout.isatty() and not options.quiet):
                how = f"listening to {', '.join(turn.listening)}" if turn.listening else "asleep"
                _say(f"{clock}  {show.safe(how)}, next look at {turn.next.astimezone(zone):%H:%M:%S} at the latest")
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 0
    return 0


def report(options: argparse.Namespace) -> int:
    """A page to look at."""
    from mailrescue.commands import report as reporting

    path = reporting.written(_workshop(options), _now(options), options.output)
    if options.open:
        import webbrowser

        webbrowser.open(path.as_uri())
    if not options.quiet:
        _say(str(path))
    return 0


def templates(options: argparse.Namespace) -> int:
    """See, copy, check and preview the words of the drafts."""
    from mailrescue.commands import templates as wording
    from mailrescue.model.draft import DraftKind

    workshop = _workshop(options)
    if options.action == "list":
        for line in wording.listed(workshop):
            _say(line)
    elif options.action == "eject":
        for path in wording.eject(workshop, options.kind, options.language):
            _say(f"{path}  (yours now; the built-in one speaks again when you delete it)")
    elif options.action == "check":
        problems = wording.check(workshop, options.folder)
        for problem in problems:
            _say_error(problem)
        if not problems and not options.quiet:
            _say("nothing is wrong with the templates")
        return 78 if problems else 0
    else:
        _preview(workshop, DraftKind(options.kind), options)
    return 0


def completion(options: argparse.Namespace) -> int:
    """What makes a shell complete our words."""
    from mailrescue.commands import manual

    _say(manual.completion(parser(), options.shell).rstrip("\n"))
    return 0


def manual(_: argparse.Namespace) -> int:
    """The manual page."""
    from mailrescue.commands import manual as writing

    _say(writing.page(parser()).rstrip("\n"))
    return 0


def track(options: argparse.Namespace) -> int:
    """Follow an interview that no invite tells of."""
    from mailrescue.commands import show
    from mailrescue.commands import track as tracking

    workshop, now = _workshop(options), _now(options)
    journal = workshop.journal()
    if options.forget:
        tracking.forget(workshop, journal, now, options.forget)
        _say(f"{options.forget} is tracked no longer")
        return 0
    if options.at and options.who:
        account = workshop.accounts(options.account)[0]
        named = {"at": options.at, "who": options.who, "phone": options.phone, "minutes": options.minutes, "direction": options.direction}
        found = tracking.add(workshop, journal, account, now, **named, company=options.company)
    elif options.suggestion:
        found = tracking.accept(workshop, journal, now, options.suggestion)
    else:
        raise UsageError("nothing to track is named", "give a SUGGESTION as status shows it, or --at and --with")
    for line in show.finding_text(found, workshop.config.me.timezone):
        _say(line)
    return 0


def demo(_: argparse.Namespace) -> int:
    """The main job on the sample mailbox."""
    from mailrescue.commands import demo as playing

    for line in playing.play(_columns()):
        _say(line)
    return 0


def _preview(workshop: Workshop, kind: DraftKind, options: argparse.Namespace) -> None:
    from mailrescue.commands import show
    from mailrescue.commands import templates as wording
    from mailrescue.commands.columns import wrapped

    name, text = wording.preview(workshop, kind, options.language, options.interview, _now(options))
    for problem in workshop.templates.failures:
        _say_error(f"{problem}: the built-in one speaks in its place")
    if name and not options.quiet:
        _say(_bold(show.safe(f"{name.language}/{name.kind}, {'yours' if name.own else 'built in'}: {name.path}")))
        _say("")
    for paragraph in text.rstrip("\n").split("\n"):
        for line in wrapped(show.safe(paragraph), min(76, _columns())):
            _say(line)


def _explain_tracked(workshop: Workshop, target: str, options: argparse.Namespace) -> None:
    from mailrescue.commands import show, tracked

    journal, now, zone = workshop.journal(dry_run=True), _now(options), workshop.config.me.timezone
    _, case = tracked.chosen(workshop, journal, now, target)
    report = next(t for r in tracked.reports(workshop, journal, now) for t in r.interviews if t.interview.id == case.interview.id)
    if options.json:
        _say(_json(show.tracked_json(report, zone)))
        return
    for line in show.tracked_text(report, case, zone):
        _say(line)


def _explained_lines(explained: object, zone: str, *, as_json: bool) -> list[str]:
    from mailrescue.commands import show
    from mailrescue.commands.explain import Explained

    assert isinstance(explained, Explained)
    if as_json:
        return [_json(show.explained_json(explained, zone))]
    return show.explained_text(explained, zone)


# ---- words ---------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def __init__(self, **words: Any) -> None:
        super().__init__(formatter_class=lambda prog: argparse.HelpFormatter(prog, width=_width(80) - 2), **words)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"see {self.prog} --help")


class _Verb(_Parser):
    """A verb's parser, which is made when somebody first asks for anything of it: a list of twenty verbs costs a list."""

    def __init__(self, does: Callable[[argparse.Namespace], int], options: Callable[[argparse.ArgumentParser], None], **words: Any) -> None:
        self._later = does, options, words

    def __getattr__(self, name: str) -> Any:
        later = self.__dict__.pop("_later", None)
        if later is None:
            raise AttributeError(name)
        does, options, words = later
        super().__init__(**words)
        self.set_defaults(verb=does)
        options(self)
        return getattr(self, name)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(prog="mailrescue", description="The right mail waiting in Drafts when a phone interview goes wrong. Drafts, never sends.")
    top.add_argument("--version", action="version", version=f"mailrescue {__version__}")
    top.add_argument("--config", type=_path, metavar="FILE", help="the configuration (default: the platform's folder, or $MAILRESCUE_CONFIG)")
    top.add_argument("--state-dir", type=_path, metavar="DIR", help="where the journal lies (default: the platform's folder, or $MAILRESCUE_STATE_DIR)")
    loudness = top.add_mutually_exclusive_group()
    loudness.add_argument("-v", "--verbose", action="count", default=0, help="tell more; twice: tracebacks")
    loudness.add_argument("-q", "--quiet", action="store_true", help="silent when nothing happened")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Verb)
    for name, does, options, what, example in _VERBS:
        verbs.add_parser(name, help=what, description=_sentence(what), epilog=f"example: {example}", does=does, options=options)
    return top


def _scan_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--account", metavar="NAME", help="this account alone")
    verb.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    verb.add_argument("--json", action="store_true", help="one JSON object")
    _takes_now(verb)


def _status_options(verb: argparse.ArgumentParser) -> None:
    from mailrescue.commands import getting_in

    verb.add_argument("--json", action="store_true", help="one JSON object")
    verb.add_argument("--max-age", type=getting_in.age, metavar="AGE", help="for a monitor: exit 1 where the last good scan is longer ago, as 2h")
    _takes_now(verb)


def _explain_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("target", nargs="+", metavar="TARGET", help="a message file, a folder of them, or the id of a tracked interview")
    verb.add_argument("--json", action="store_true", help="one JSON object a message")
    _takes_now(verb)


def _outcome_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("interview", metavar="INTERVIEW", help="its id, as status shows it")
    verb.add_argument("outcome", choices=["happened", "no-show", "missed", "unknown"])
    _takes_now(verb)


def _track_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("suggestion", nargs="?", metavar="SUGGESTION", help="one that status shows: mail agreed it in plain words")
    verb.add_argument("--at", type=_moment, metavar="ISO8601", help="when it is, with its offset")
    verb.add_argument("--with", dest="who", metavar="ADDRESS", help="with whom: NAME <ADDRESS>")
    verb.add_argument("--phone", metavar="NUMBER", help="their number")
    verb.add_argument("--minutes", type=int, default=30, metavar="N", help="how long it lasts (default: 30)")
    verb.add_argument("--company", metavar="NAME", help="their company")
    verb.add_argument("--they-call", dest="direction", action="store_const", const="they_call", default="unknown", help="they dial")
    verb.add_argument("--you-call", dest="direction", action="store_const", const="you_call", help="you dial")
    verb.add_argument("--account", metavar="NAME", help="in which account the drafts go (default: the first)")
    verb.add_argument("--forget", metavar="INTERVIEW", help="track it no longer")
    _takes_now(verb)


def _brief_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("interview", nargs="?", metavar="INTERVIEW", help="its id, as status shows it (default: the one at hand)")
    verb.add_argument("--json", action="store_true", help="one JSON object")
    _takes_now(verb)


def _setup_options(verb: argparse.ArgumentParser) -> None:
    from mailrescue.commands import getting_in

    getting_in.setup_options(verb)
    _takes_now(verb)


def _login_options(verb: argparse.ArgumentParser) -> None:
    from mailrescue.commands import getting_in

    getting_in.login_options(verb)


def _doctor_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--as-cron", action="store_true", help="look from the bare environment that cron gives to its jobs")
    verb.add_argument("--json", action="store_true", help="one JSON object")
    _takes_now(verb)


def _schedule_options(verb: argparse.ArgumentParser) -> None:
    from mailrescue.commands import getting_in

    getting_in.schedule_options(verb)


def _watch_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--account", metavar="NAME", help="this account alone")
    verb.add_argument("--notify", action="store_true", help="a notice on the desktop for each new draft")
    _takes_now(verb)


def _report_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--open", action="store_true", help="show it in the browser")
    verb.add_argument("--output", type=_path, metavar="FILE", help="write it there (default: the state folder)")
    _takes_now(verb)


def _templates_options(verb: argparse.ArgumentParser) -> None:
    actions = verb.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True, parser_class=_Parser)
    kinds = ["confirmation", "no-show", "missed-call", "reschedule", "thank-you"]
    _action(actions, "list", "every template and where it lies", "mailrescue templates list")
    verb = _action(actions, "eject", "copy one into your own folder, to change it", "mailrescue templates eject no-show --language en")
    verb.add_argument("kind", nargs="?", choices=[*kinds, "brief"], metavar="KIND", help=f"{', '.join(kinds)}, or brief (default: all drafts)")
    verb.add_argument("--language", metavar="L", help="its language (default: your first)")
    verb = _action(actions, "check", "what is wrong with yours, with file and line", "mailrescue templates check")
    verb.add_argument("folder", nargs="?", type=_path, metavar="FOLDER", help="check these (default: your own)")
    verb = _action(actions, "preview", "how one reads, of a sample or of a tracked interview", "mailrescue templates preview thank-you acme-1124")
    verb.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    verb.add_argument("interview", nargs="?", metavar="INTERVIEW", help="its id, as status shows it (default: a sample)")
    verb.add_argument("--language", metavar="L", help="its language (default: your first, or the interview's)")
    _takes_now(verb)


def _completion_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("shell", choices=["bash", "zsh", "tcsh"], help="your shell")


def _no_options(_: argparse.ArgumentParser) -> None:
    """It takes none."""


_VERBS = (
    ("scan", scan, _scan_options, "one pass over every account", "mailrescue -q scan"),
    ("status", status, _status_options, "interviews past and to come, and what is due next", "mailrescue status"),
    ("explain", explain, _explain_options, "why a message is, or is not, a phone interview", "mailrescue explain invite.eml"),
    ("outcome", outcome, _outcome_options, "your own word on what became of an interview", "mailrescue outcome acme-1124 happened"),
    ("track", track, _track_options, "follow an interview that no invite tells of", 'mailrescue track --at 2026-12-01T14:00+01:00 --with "Anne Durand <anne@acme.example>" --they-call'),
    ("brief", brief, _brief_options, "what to do now, minute by minute", "mailrescue brief acme-1124"),
    ("setup", setup, _setup_options, "from your address to a configuration that works", "mailrescue setup"),
    ("login", login, _login_options, "renew an account's password or OAuth2 login", "mailrescue login personal"),
    ("doctor", doctor, _doctor_options, "is everything in place? each failure with its cure", "mailrescue doctor"),
    ("schedule", schedule, _schedule_options, "let the system run the scan every five minutes", "mailrescue schedule install"),
    ("watch", watch, _watch_options, "stay and scan whenever something happens, instead of cron", "mailrescue watch --notify"),
    ("report", report, _report_options, "a page to look at: every interview with its mails, evidence, drafts and verdicts", "mailrescue report --open"),
    ("templates", templates, _templates_options, "the words of the drafts: see, copy, check and preview them", "mailrescue templates preview no-show --language fr"),
    ("completion", completion, _completion_options, "let your shell complete our words", 'eval "$(mailrescue completion bash)"'),
    ("manual", manual, _no_options, "the manual page", "mailrescue manual | man -l -"),
    ("demo", demo, _no_options, "the main job on a sample mailbox, nothing to configure", "mailrescue demo"),
)


def _action(actions: Any, name: str, what: str, example: str) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=what, description=_sentence(what), epilog=f"example: {example}")
    return action


def _sentence(what: str) -> str:
    return f"{what[0].upper()}{what[1:]}."


def _takes_now(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--now", type=_moment, metavar="ISO8601", help="the time to act at, with its offset (default: the clock)")


def _path(text: str) -> Path:
    """Imported when a path is named: it is a tenth of what --help costs."""
    from pathlib import Path

    return Path(text)


def _moment(text: str) -> datetime:
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time such as 2026-11-24T14:16:00+01:00") from None
    return moment if moment.tzinfo else moment.astimezone()


# ---- the world -----------------------------------------------------------------------------------------------------


def _workshop(options: argparse.Namespace) -> Workshop:
    from mailrescue.wiring import Workshop

    return Workshop(options.config, options.state_dir, os.environ, _clock)


def _terminal(options: argparse.Namespace, meter: Meter) -> Terminal:
    """Somebody who answers; nobody where the secret comes on standard input, where there is no terminal, or with --yes."""
    from mailrescue.commands import terminal

    if options.password_stdin or not sys.stdin.isatty() or getattr(options, "yes", False):
        return terminal.Nobody(meter, options.password_stdin)
    return terminal.Person(meter)


def _now(options: argparse.Namespace) -> datetime:
    given: datetime | None = options.now
    return given or _clock()


def _clock() -> datetime:
    from datetime import datetime

    return datetime.now().astimezone()


def _running_clock(begin: datetime | None) -> Callable[[], datetime]:
    """The clock; with a beginning one that starts there and goes on as seconds pass."""
    if begin is None:
        return _clock
    from datetime import timedelta
    from time import monotonic

    start = monotonic()
    return lambda: begin + timedelta(seconds=monotonic() - start)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _say(line: str) -> None:
    print(line)


def _columns() -> int:
    """How wide a line may be: the terminal's width, a hundred cells where it is wider or none is there."""
    return min(100, _width(100)) if sys.stdout.isatty() else 100


def _width(otherwise: int) -> int:
    """The terminal's width; shutil, which tells it too, brings all compressors with it."""
    if (columns := os.environ.get("COLUMNS", "")).isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(1).columns or otherwise
    except OSError:
        return otherwise


def _styled() -> bool:
    """Whether headings may be set in bold: on a terminal that can, unless NO_COLOR says otherwise."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def _bold(line: str) -> str:
    return f"\033[1m{line}\033[0m" if line and _styled() else line


def _say_error(line: str) -> None:
    from mailrescue.commands.show import safe

    print(f"mailrescue: {safe(line)}", file=sys.stderr)


def _tell(error: MailrescueError, account: str = "") -> None:
    _say_error(f"{account}: {error}" if account and not error.what.startswith((account, f"accounts.{account}.", f"accounts.{account}:")) else str(error))
    if isinstance(error, ConfigurationError):
        for what, cure in error.problems:
            _say_error(f"  {what}: {cure}" if cure else f"  {what}")
