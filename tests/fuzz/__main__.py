"""``python -m tests.fuzz --count 20000`` or ``--minutes 30``: mutated mail until the time is up. What fails is kept in ``--findings``. ``--guided``: atheris.

An input that makes Python connect, look up a name or start a process fails (audit events, PEP 578).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import sys
import time
from pathlib import Path

from tests.fuzz.hostile import check, inputs, lexicon, seeds


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--guided", action="store_true", help="let atheris choose the inputs (pip install atheris)")
    options = parser.parse_args()
    lexicon()
    sys.addaudithook(_stay_here)
    if options.guided:
        return _guided(options)
    number = options.seed if options.seed is not None else int.from_bytes(os.urandom(4), "big")
    end = time.monotonic() + (options.minutes or 1_000_000) * 60
    found = done = 0
    slowest = 0.0
    for octets in itertools.islice(inputs(number), options.count):
        if time.monotonic() > end:
            break
        began = time.process_time()
        try:
            check(octets)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            found += 1
            options.findings.mkdir(exist_ok=True)
            path = options.findings / f"{hashlib.sha256(octets).hexdigest()[:12]}.eml"
            path.write_bytes(octets)
            print(f"{path}: {type(error).__name__}: {str(error)[:200]}", flush=True)
            if isinstance(error, AssertionError) and "MiB" in str(error):
                break           # the process has grown for good: every input after it would fail too
        slowest = max(slowest, time.process_time() - began)
        done += 1
    print(f"{done} inputs of seed {number}, {found} findings, the slowest took {slowest:.2f} s")
    return 1 if found else 0


def _stay_here(event: str, words: tuple[object, ...]) -> None:
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostby", "subprocess.Popen", "os.posix_spawn", "os.exec", "os.system")):
        raise AssertionError(f"a mail made us {event} {words!r}")


def _guided(options: argparse.Namespace) -> int:
    import importlib
    import tempfile

    import atheris

    with atheris.instrument_imports(include=["mailrescue.reading", "mailrescue.judgement", "icalendar"]):
        for name in [name for name in sys.modules if name.startswith(("mailrescue", "tests.fuzz.hostile", "icalendar"))]:
            del sys.modules[name]
        hostile = importlib.import_module("tests.fuzz.hostile")
    corpus = tempfile.mkdtemp(prefix="mailrescue-fuzz-")
    for number, octets in enumerate(seeds()):
        Path(corpus, f"{number}.eml").write_bytes(octets)
    limits = [f"-max_total_time={int((options.minutes or 1) * 60)}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=60000", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, corpus], hostile.check)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
