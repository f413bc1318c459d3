"""A file is there whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from minex.errors import InputError, UsageError
from minex.reports.export import export
from minex.reports.export.output import STANDARD, opened
from tests.store.conftest import Shelf


def test_what_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    target.write_text("before")

    def fail() -> None:
        with opened(target, text=True) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert os.listdir(tmp_path) == ["x.csv"]
    assert target.read_text() == "before"


def test_the_name_comes_last(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    with opened(target, text=True) as stream:
        stream.write(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert stat.S_IMODE(target.stat().st_mode) & 0o444


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with opened(tmp_path / "link", text=True) as stream:
        stream.write(b"here")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"here"
    with opened(Path(os.devnull), text=True) as stream:
        stream.write(b"gone")
    assert not Path(os.devnull).is_file()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match="it cannot be written: No such file"),
        opened(tmp_path / "no" / "x", text=True),
    ):
        pass
    with pytest.raises(InputError, match="this is a folder"), opened(tmp_path, text=True):
        pass
    with pytest.raises(UsageError, match="no text for standard output"), opened(STANDARD, text=False):
        pass


def test_wrong_words_are_told_before_anything_is_written(full: Shelf, tmp_path: Path) -> None:
    target = tmp_path / "x"
    for wrong, message in (
        ({"name": "word"}, "there is no format 'word'; allowed: csv, parquet"),
        ({"name": "sif", "rows": "triples"}, "sif has no choice of rows"),
        ({"name": "csv", "rows": "cells"}, "allowed: triples, evidence"),
    ):
        with pytest.raises(UsageError, match=message):
            export(full.store, target=target, **wrong)
    assert not target.exists()
