"""The sweep's cells on one account, one after the other, each as cheap as what it can still find out.

A cell is played in full, all runs from a clean mailbox, wherever the server may have stored something. Before APPEND, and while the draft is under way and
the rest of it can never arrive, there are two questions. Has the cut run left every mailbox as it was (count, UIDNEXT and HIGHESTMODSEQ of each)?
And what does the second run make of the state that it left? Mailbox, state and time alone decide that; so it is played once for each state that cuts
leave, octet by octet the same but for the UID of the draft that stands, and again at every twentieth cell.
"""

from __future__ import annotations

import shutil

from tests.faults.matrix import PATIENCE, Result, Story, cut_run, go_on, play
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Rig


class Sweep:
    """Plays cells."""

    def __init__(self, one: Rig) -> None:
        self.rig = one
        self._began: Story | None = None        # the story whose beginning stands in the mailbox, with these marks
        self._marks: list[bytes] = []
        self._known: set[tuple[Story, str]] = set()

    def cell(self, story: Story, cut: Cut | None, settled: bool, thorough: bool, **order: object) -> Result:
        """One cell, as ``play`` does it. ``settled``: nothing can reach the server any more when the first run has ended.

        Every twentieth is ``thorough``; in the others what is not killed runs in one process.
        """
        result = self._cell(story, cut, settled, thorough, **order)
        if cut and cut.mode is Mode.STALL and not (result.reached or result.wrong):
            return self._cell(story, cut, settled, thorough, read_seconds=5 * PATIENCE)      # on a busy machine the run gave up before it came so far
        return result

    def _cell(self, story: Story, cut: Cut | None, settled: bool, thorough: bool, **order: object) -> Result:
        self.rig.in_one_process = not thorough
        if not settled:
            self._began = None
            return play(self.rig, story, cut, thorough, **order)
        if wrong := self._begin(story):
            return Result(f"the story did not begin: {wrong}", False)
        first = cut_run(self.rig, story, cut, **order)
        if first.wrong:
            self._began = None
            return first
        if self.rig.marks() != self._marks:
            self._began = None
            return Result("the cut run has changed something", first.reached)
        left = self.rig.remembered()
        if left and (story, left) in self._known and not thorough:
            self.rig.proxy.let_go()
            return Result("", first.reached, known=True)
        self._began = None
        result = go_on(self.rig, story, cut, first.reached, thorough)
        if left and not result.wrong:
            self._known.add((story, left))
        return result

    def _begin(self, story: Story) -> str:
        """The mailbox and the state with which the story begins, made anew only where the last cell has changed them."""
        one, kept = self.rig, self.rig.folder / "begin"
        if self._began is not story:
            one.wipe()
            if story.before:
                one.scan(story.before)
                if wrong := one.verdict():
                    return wrong
            shutil.rmtree(kept, ignore_errors=True)
            if story.before:
                shutil.copytree(one.state, kept)
            self._began, self._marks = story, one.marks()
        one.proxy.sessions.clear()
        one.new_state()
        if story.before:
            shutil.copytree(kept, one.state)
        return ""
