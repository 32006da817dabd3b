"""``python -m mailrescue`` and the installed command: a glance first, the whole program only where that is not enough.

Beside ``cli`` the only module that prints and reads the clock: what cron starts every few minutes mostly ends here.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit status."""
    words = sys.argv[1:]
    if words == ["--version"]:
        from mailrescue import __version__

        print(f"mailrescue {__version__}")
        return 0
    seen = None
    if "scan" in words:
        import os
        import time

        from mailrescue import glance

        seen = glance.look(words, os.environ, time.time)
        if seen.lines is not None:
            for line in seen.lines:
                print(line)
            return 0
    collect_seldom()
    from mailrescue.cli import run

    return run(words, seen)


def collect_seldom() -> None:
    """Let Python look for unreachable cycles (module gc) after 50,000 new objects, not 700: a scan leaves next to none, and each look walks over the whole vocabulary."""
    import gc

    gc.set_threshold(50_000, 20, 20)


if __name__ == "__main__":
    sys.exit(main())
