"""A file for people is written whole or not at all, and never over the database."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from minex.errors import MinexError, UsageError
from minex.reports.output import check_output, write


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("old")
    write(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_others_may_read_it_as_any_file(tmp_path: Path) -> None:
    file, other = tmp_path / "report.html", tmp_path / "other"
    write(file, b"")
    other.touch()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_the_database_is_never_written_over(tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    database.touch()
    (tmp_path / "same.html").symlink_to(database)
    for output in (database, tmp_path / "same.html", tmp_path / "." / "x.db"):
        with pytest.raises(UsageError, match="this is the database; write to another file"):
            check_output(output, database)


def test_a_folder_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this is a folder"):
        check_output(tmp_path, tmp_path / "x.db")
    with pytest.raises(UsageError, match="there is no such folder"):
        check_output(tmp_path / "none" / "report.html", tmp_path / "x.db")


def test_what_cannot_be_written_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(MinexError, match=r"report\.html: the output cannot be written"):
        write(tmp_path / "none" / "report.html", b"")
