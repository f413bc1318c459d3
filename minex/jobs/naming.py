"""What people call a run, `3`, `last`, `last-1` or `2026-11-01`, and which run that is."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, time, timedelta, timezone

from minex.errors import UsageError

_CURE = "name it by its number, `last`, `last-1` or a date such as 2026-11-01; `minex runs` lists them"


def find_run(connection: sqlite3.Connection, name: str) -> int:
    """Return the id of a run; 0 is the empty database before the first.

    A day names the last run that began on it or before, a time (`2026-11-01T12:00`) the last one before it.

    Raises:
        UsageError: if there is no such run.
    """
    if match := re.fullmatch(r"last(?:-([0-9]{1,9}))?", name):
        ids = [row[0] for row in connection.execute("SELECT id FROM run ORDER BY id DESC")]
        back = int(match[1] or 0)
        if not ids:
            raise UsageError("no-runs", "no run has been made yet", cure="make one with: minex run FILE...")
        if back > len(ids):
            raise UsageError("unknown-run", f"there is no run {name}: there are {len(ids)}", cure=_CURE)
        return 0 if back == len(ids) else int(ids[back])
    if re.fullmatch(r"[0-9]{1,9}", name):
        number = int(name)
        if number and not connection.execute("SELECT 1 FROM run WHERE id = ?", (number,)).fetchone():
            last = connection.execute("SELECT max(id) FROM run").fetchone()[0]
            known = f"the last one is {last}" if last else "none has been made yet"
            raise UsageError("unknown-run", f"there is no run {name}: {known}", cure=_CURE)
        return number
    moment = parse_moment(name)
    return last_before(connection, moment + timedelta(days=1) if _is_day(name) else moment)


def run_since(connection: sqlite3.Connection, date: str) -> int:
    """Return the last run that began before a day or a time: what it left is what later runs changed."""
    return last_before(connection, parse_moment(date))


def last_before(connection: sqlite3.Connection, moment: datetime) -> int:
    """Return the last run that began before a moment, 0 if there is none."""
    rows = connection.execute("SELECT id, started FROM run ORDER BY id DESC")
    return next((id_ for id_, started in rows if datetime.fromisoformat(started) < moment), 0)


def parse_moment(text: str) -> datetime:
    """Return a day or a time as a time in UTC; what names no zone is taken as UTC.

    Examples:
        >>> parse_moment("2026-11-01").isoformat()
        '2026-11-01T00:00:00+00:00'
    """
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise UsageError("unknown-run", f"{text!r} names no run and is no date", cure=_CURE) from None
    if _is_day(text):
        moment = datetime.combine(moment.date(), time())
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}", text) is not None
