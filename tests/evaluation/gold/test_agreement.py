"""How far two readers agree."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import InputError
from minex.evaluation.gold.agreement import agreement

MENTIONS = "M GENE | A | A\nM GENE | B | B\nM GENE | C | C\nM PROCESS | P | P\n"


def folder(tmp_path: Path, name: str, *lines: str) -> Path:
    here = tmp_path / name
    here.mkdir(parents=True)
    (here / "pass.txt").write_text(
        "@ R1\n" + MENTIONS + "".join(f"S {line}\n" for line in lines), encoding="utf-8"
    )
    return here


def f1(tmp_path: Path, one: list[str], two: list[str]) -> tuple[float, float]:
    result = agreement(folder(tmp_path, "a", *one), folder(tmp_path, "b", *two))
    return result["statements, strict"], result["statements, loose"]


@pytest.mark.parametrize(
    ("one", "two", "strict", "loose"),
    [
        (["A -> inhibits -> B"], ["A -> inhibits -> B"], 1, 1),
        (["A -> inhibits -> B"], ["A -> decreases -> B"], 1, 1),
        (["A -> inhibits -> B"], ["A -> activates -> B"], 0, 1),
        (["A -> inhibits -> B"], ["B -> inhibits -> A"], 0, 1),
        (["A -> inhibits -> B"], ["A -> inhibits -> B | neg"], 0, 1),
        (["A -> inhibits -> B"], ["A -> inhibits -> B | hedge"], 1, 1),
        (["A -> inhibits -> B"], [], 0, 0),
        (["A -> inhibits -> B | inferred"], [], 1, 1),
        (["A -> inhibits -> B", "A -> inhibits -> C"], ["A -> inhibits -> B"], 2 / 3, 2 / 3),
        (["A -> inhibits -> @x"], ["A -> inhibits -> @X"], 1, 1),
    ],
)
def test_statements_agree_as_the_evaluation_matches_them(
    tmp_path: Path, one: list[str], two: list[str], strict: float, loose: float
) -> None:
    assert f1(tmp_path, one, two) == pytest.approx((strict, loose))


@pytest.mark.parametrize("pair", [("A", "B"), ("B", "A")])
def test_a_symmetric_predicate_agrees_whatever_the_names_are(tmp_path: Path, pair: tuple[str, str]) -> None:
    """It agreed with `regulates` only where the names came in the order of the alphabet."""
    one, two = pair
    assert f1(tmp_path, [f"{one} -> regulates -> {two}"], [f"{one} -> associated_with -> {two}"])[0] == 1


def test_mentions_agree_by_place_by_name_and_by_type(tmp_path: Path) -> None:
    one, two = folder(tmp_path, "a"), folder(tmp_path, "b")
    (two / "pass.txt").write_text("@ R1\nM GENE | A | a\nM GENE | B | other\nM CANCER | P | P\n", encoding="utf-8")
    result = agreement(one, two)
    assert result["mentions, spans"] == pytest.approx(4 / 7)
    assert result["mentions, names"] == pytest.approx(2 / 7)
    assert result["mentions, GENE"] == pytest.approx(4 / 5)
    assert result["mentions, PROCESS"] == result["mentions, CANCER"] == 0
    assert "mentions, MIRNA" not in result


lines = st.lists(
    st.builds(
        "{0} -> {1} -> {2}{3}".format,
        st.sampled_from("ABC"),
        st.sampled_from(["inhibits", "activates", "binds", "regulates", "associated_with"]),
        st.sampled_from("ABCP"),
        st.sampled_from(["", " | neg", " | inferred"]),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(lines, lines)
def test_agreement_is_the_same_from_either_side_and_full_with_itself(one: list[str], two: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        a, b = folder(Path(place), "a", *one), folder(Path(place), "b", *two)
        assert agreement(a, b) == pytest.approx(agreement(b, a))
        assert set(agreement(a, a).values()) == {1.0}
        result = agreement(a, b)
        assert result["statements, loose"] >= 0
        assert all(0 <= each <= 1 for each in result.values())


def test_a_folder_without_a_pass_is_no_agreement(tmp_path: Path) -> None:
    """Two folders that were not there agreed wholly."""
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "none", tmp_path / "empty"):
        with pytest.raises(InputError, match="the folder holds no pass"):
            agreement(place, place)


def test_a_pass_with_errors_is_no_agreement(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pass.txt:6: .*see minex gold check"):
        agreement(folder(tmp_path, "a", "A inhibits B"), folder(tmp_path, "b"))
