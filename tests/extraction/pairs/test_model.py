"""The file of weights: read as it was written, refused when it is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minex.errors import ModelError
from minex.extraction.pairs.model import NOTHING, PairModel, bundled, fitted, read_model

WEIGHTS = np.array([[1.0, -1.0], [0.001, 0.0], [0.5, 0.25]], np.float32)


def model() -> PairModel:
    return fitted(["+>", NOTHING], ["top=raise", "of no weight", "gap=0"], WEIGHTS, np.zeros(2, np.float32))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    model().save(path)
    again = read_model(path)
    assert again.classes == ("+>", NOTHING)
    assert list(again.rows) == ["top=raise", "gap=0"]
    assert np.array_equal(again.weights, model().weights)
    assert again.identity


def test_the_same_weights_make_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.npz", "other.npz")]
    for path in paths:
        model().save(path)
    assert read_model(paths[0]).identity == read_model(paths[1]).identity


@pytest.mark.parametrize("content", [b"", b"no weights", b"PK\x03\x04broken"])
def test_what_is_no_file_of_weights_is_refused_with_a_cure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read") as caught:
        read_model(path)
    assert "install minex again" in caught.value.cure


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        read_model(tmp_path / "none.npz")


def test_probabilities_add_up_and_unknown_features_say_nothing() -> None:
    known, unknown, none = model().probabilities([["top=raise", "unheard"], ["unheard"], []])
    assert known.sum() == pytest.approx(1)
    assert np.array_equal(unknown, none)
    assert not np.array_equal(known, none)


def test_a_feature_counts_once_and_its_company_changes_nothing() -> None:
    once, twice = model().probabilities([["gap=0", "top=raise"], ["top=raise", "gap=0", "top=raise"]])
    assert np.array_equal(once, twice)
    assert np.array_equal(once, model().probabilities([["gap=0", "top=raise"]])[0])


def test_what_speaks_for_a_class_comes_weightiest_first() -> None:
    assert model().speaking(["gap=0", "top=raise", "unheard"], "+>") == [("top=raise", 2.0), ("gap=0", 0.25)]


def test_the_bundled_weights_know_all_that_can_be_said() -> None:
    assert {"~", "+>", "-<", "u>", "c>", NOTHING} <= set(bundled().classes)
