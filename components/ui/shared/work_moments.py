"""Work moments: when something was saved, as who looks reads it on their clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st


def format_moment(at: str) -> str:
    """A moment (ISO, UTC) in the time zone of who looks: the time today, the date too on other days."""
    moment = local_moment(at)
    today = moment.date() == datetime.now(moment.tzinfo).date()
    return moment.strftime("%H:%M" if today else "%d %B %Y, %H:%M") + zone_note(moment)


def format_clock(at: str) -> str:
    """A moment (ISO, UTC) as HH:MM in the time zone of who looks."""
    moment = local_moment(at)
    return moment.strftime("%H:%M") + zone_note(moment)


def zone_note(moment: datetime) -> str:
    """That a moment is in UTC, because nobody knows the time zone of who looks; "" where that is known."""
    return " UTC" if moment.tzinfo is UTC else ""


def local_moment(at: str) -> datetime:
    """A moment (ISO, UTC) in the time zone of who looks, in UTC where the browser does not tell it."""
    moment = datetime.fromisoformat(at)
    try:
        zone = st.context.timezone
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    except (KeyError, ValueError, OSError):
        return moment
