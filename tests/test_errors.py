"""Errors say what happened, where and what to do; also when they come from another process."""

from __future__ import annotations

import pickle

import pytest

from minex import errors
from minex.errors import MinexError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MinexError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_survives_the_way_between_processes(kind: type[MinexError]) -> None:
    error = kind("empty", "the file is empty", where="a.xml", cure="check the download")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is kind
    assert str(again) == str(error) == "a.xml: the file is empty; check the download"
    assert (again.code, again.exit_code) == (error.code, error.exit_code)
