"""Every number of SPEC section 4, as the user may set it in ``[policy]``; the defaults are the article's.

The name of a number ends with its unit. ``start`` and ``end`` in the comments are the slot's, moved by a delay that the
interviewer announced. This module says what the numbers are; which of them decides what is told in ``judgement``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """When a draft is due, how long it stays, and which times are offered. Whole numbers in the unit that the name ends with."""

    # confirmation: before the start
    confirm_from_minutes: int = 120         # due from here
    confirm_until_minutes: int = 60         # to here,
    confirm_latest_minutes: int = 15        # and a late scan still writes it until here
    confirm_contact_minutes: int = 300      # not when the user wrote to them since then

    # no-show: after the start
    no_show_after_minutes: int = 15         # wait so long, the article says "at least 15 minutes"
    no_show_available_minutes: int = 30     # "available for another 30 minutes", counted from the moment it became due
    no_show_until_hours: int = 24           # first written no later

    # missed call: after the start
    missed_call_until_hours: int = 48

    # reschedule: after the message that asks for another time
    reschedule_until_days: int = 3

    # thank-you: after the end
    thank_you_until_days: int = 3

    # all kinds: after the start
    withdraw_after_days: int = 7            # what stands untouched goes to Trash
    # interviews: after the end
    keep_in_view_days: int = 14

    # a call notice without a known number belongs to the one slot around it
    notice_before_minutes: int = 5          # before the start
    notice_after_minutes: int = 30          # after the end

    # free slots offered
    slots: int = 3
    slots_days: int = 2                     # on at least so many different days,
    slots_horizon_days: int = 5             # of the next so many working days, today among them
    slots_day_start: str = "09:00"          # in the user's zone and, where known, the interviewer's
    slots_day_end: str = "18:00"
    slots_lead_hours: int = 3               # no sooner than this from now
    slots_buffer_minutes: int = 30          # kept clear on both sides of every event

    # so that a flood of invites never floods the Drafts
    drafts_per_sender_per_day: int = 4      # interviews: a day of talks that one coordinator set
    drafts_per_day: int = 20

    @property
    def confirm_from(self) -> timedelta:
        """How long before the start a confirmation is due."""
        return timedelta(minutes=self.confirm_from_minutes)

    @property
    def confirm_latest(self) -> timedelta:
        """How long before the start a confirmation is written at the latest."""
        return timedelta(minutes=self.confirm_latest_minutes)

    @property
    def confirm_contact(self) -> timedelta:
        """How long before the start a mail of the user's makes a confirmation superfluous."""
        return timedelta(minutes=self.confirm_contact_minutes)

    @property
    def no_show_after(self) -> timedelta:
        """How long after the start a no-show draft is due."""
        return timedelta(minutes=self.no_show_after_minutes)

    @property
    def no_show_available(self) -> timedelta:
        """For how long after it became due the draft calls the user available."""
        return timedelta(minutes=self.no_show_available_minutes)

    @property
    def no_show_until(self) -> timedelta:
        """How long after the start a no-show draft is first written at the latest."""
        return timedelta(hours=self.no_show_until_hours)

    @property
    def missed_call_until(self) -> timedelta:
        """How long after the start a missed-call draft is first written at the latest."""
        return timedelta(hours=self.missed_call_until_hours)

    @property
    def reschedule_until(self) -> timedelta:
        """How long after their message a reschedule draft is first written at the latest."""
        return timedelta(days=self.reschedule_until_days)

    @property
    def thank_you_until(self) -> timedelta:
        """How long after the end a thank-you draft is first written at the latest."""
        return timedelta(days=self.thank_you_until_days)

    @property
    def withdraw_after(self) -> timedelta:
        """How long after the start an untouched draft is withdrawn."""
        return timedelta(days=self.withdraw_after_days)

    @property
    def keep_in_view(self) -> timedelta:
        """How long after the end an interview is still listed."""
        return timedelta(days=self.keep_in_view_days)

    @property
    def notice_before(self) -> timedelta:
        """How long before the start a notice of an unknown number may fall."""
        return timedelta(minutes=self.notice_before_minutes)

    @property
    def notice_after(self) -> timedelta:
        """How long after the end a notice of an unknown number may fall."""
        return timedelta(minutes=self.notice_after_minutes)

    @property
    def slots_from(self) -> time:
        """The clock time before which no slot begins."""
        return time.fromisoformat(self.slots_day_start)

    @property
    def slots_to(self) -> time:
        """The clock time after which no slot ends."""
        return time.fromisoformat(self.slots_day_end)

    @property
    def slots_lead(self) -> timedelta:
        """How long from now the first slot begins at the earliest."""
        return timedelta(hours=self.slots_lead_hours)

    @property
    def slots_buffer(self) -> timedelta:
        """What stays clear on both sides of an event and of another interview."""
        return timedelta(minutes=self.slots_buffer_minutes)
