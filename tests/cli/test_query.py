"""`minex query`: list, show, check, new."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.pubmed.queries import load
from tests.cli.conftest import Minex


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's own queries, not yet there."""
    folder = tmp_path / "config" / "queries"
    monkeypatch.setenv("MINEX_QUERIES", str(folder))
    return folder


def test_the_list_has_a_line_a_query(minex: Minex, own: Path) -> None:
    assert minex("query", "new", "mir-155", "--title", "Mine", "--term", "miR-155[tiab]").code == 0
    lines = minex("query", "list").out.splitlines()
    assert "mir-155                    pubmed      Mine  (yours)" in lines
    assert sum("(yours)" in line for line in lines) == 1
    assert any(line.startswith("hypoxia-exosome-cancer ") for line in lines)


def test_one_bad_file_leaves_the_others(minex: Minex, own: Path) -> None:
    own.mkdir(parents=True)
    (own / "bad.toml").write_text("title = 3\n", encoding="utf-8")
    for command in ("list", "check"):
        answer = minex("query", command)
        assert answer.code in (1, 2)
        assert "hypoxia-exosome-cancer" in answer.out
        assert f"minex: {own / 'bad.toml'}" in answer.err


def test_a_query_is_shown_with_its_term_as_written(minex: Minex, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        "title = 'T'\nterm = '''\na[ti]\n  OR b[ti]\n'''\nfirst_day = 2015\ndate_type = 'pdat'\nlimit = 5000\n",
        encoding="utf-8",
    )
    out = minex("query", "show", file).out
    assert "dates    published from 2015-01-01 to today\n" in out
    assert "limit    5,000 articles\n" in out
    assert out.endswith("\na[ti]\n  OR b[ti]\n")


def test_an_unknown_name_is_a_wrong_call(minex: Minex) -> None:
    answer = minex("query", "show", "mir-21-lungs")
    assert answer.code == 2
    assert "did you mean 'mir-21-lung'?" in answer.err


def test_check_points_at_the_character(minex: Minex) -> None:
    answer = minex("query", "check", "--term", "hypoxi*[tiab] AND exosom*[tiabs]")
    assert answer.code == 1
    assert answer.out == (
        "the term: 1 error, 0 warnings\n\n"
        "error: character 26: PubMed has no field [tiabs]\n"
        "    hypoxi*[tiab] AND exosom*[tiabs]\n"
        "                             ^\n"
        "    did you mean [tiab]? often used: tiab, ti, mh, majr, nm, pt, au, ta, dp, edat, la, pmid\n"
    )


def test_check_names_the_line_of_the_file(minex: Minex, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("title = 'T'\n\nterm = '''\na[ti]\n  OR b[tii]\n'''\n", encoding="utf-8")
    assert f"error: {file}:5: character 7: PubMed has no field [tii]\n" in minex("query", "check", file).out
    file.write_text("title = 'T'\nterm = 'a[tii]'\n", encoding="utf-8")
    assert f"error: {file}:2: character 2: " in minex("query", "check", file).out
    file.write_text('title = "T"\nterm = "\\"a\\"[tii]"\n', encoding="utf-8")
    assert f"error: {file}: line 1 of the term, character 4: " in minex("query", "check", file).out


def test_the_caret_keeps_its_place_in_long_and_wide_lines(minex: Minex) -> None:
    shown = minex("query", "check", "--term", f"{'a OR ' * 60}b[tii]{' OR a' * 60}").out.splitlines()
    at = shown[4].index("^")
    assert shown[3][at : at + 5] == "[tii]"
    assert max(map(len, shown[3:5])) < 84
    wide = minex("query", "check", "--term", "肺癌[tii]").out.splitlines()
    assert wide[4].index("^") == 4 + 4


def test_a_warning_is_told_and_is_no_failure(minex: Minex) -> None:
    answer = minex("query", "check", "--term", "a AND b OR c")
    assert answer.code == 0
    assert "0 errors, 1 warning" in answer.out


def test_a_term_and_a_name_cannot_both_be_checked(minex: Minex) -> None:
    assert minex("query", "check", "mirna-cancer", "--term", "a").code == 2


def test_a_new_query_is_saved_as_it_was_given(minex: Minex, own: Path) -> None:
    answer = minex(
        "query", "new", "mine", "--title", 'The "T"', "--term", '"a b"[ti]\nOR c[ti]', "--sources", "pubmed,pmc",
        "--first-day", "2015-06", "--last-day", "2016", "--date-type", "pdat", "--limit", "9",
    )  # fmt: skip
    assert (answer.code, answer.out) == (0, f"saved as {own / 'mine.toml'}\n")
    query = load("mine")
    assert (query.title, query.term, query.limit) == ('The "T"', '"a b"[ti] OR c[ti]', 9)
    assert (str(query.first_day), str(query.last_day), query.date_type) == ("2015-06-01", "2016-12-31", "pdat")
    assert query.sources == ("pubmed", "pmc")


def test_a_new_query_never_takes_the_place_of_another(minex: Minex, own: Path) -> None:
    assert minex("query", "new", "mine", "--title", "T", "--term", "a[ti]").code == 0
    answer = minex("query", "new", "mine", "--title", "T", "--term", "b[ti]")
    assert answer.code == 2
    assert "there is such a query already; choose another name" in answer.err
    assert load("mine").term == "a[ti]"
    assert "hides" in minex("query", "new", "mirna-cancer", "--title", "T", "--term", "a[ti]").out


@pytest.mark.parametrize(
    ("name", "term", "more", "message"),
    [
        ("mine", "a[tii]", (), "mine is not saved; mend the term first"),
        ("mine", "", (), "term is empty"),
        ("Mine", "a[ti]", (), "small letters, digits and hyphens"),
        ("../mine", "a[ti]", (), "small letters, digits and hyphens"),
        ("mine", "a[ti]", ("--sources", "pubmed,arxiv"), "unknown source 'arxiv'"),
        ("mine", "a[ti]", ("--first-day", "June"), "first_day is not a date"),
        ("mine", "a[ti]", ("--limit", "0"), "limit has to be a whole number"),
    ],
)
def test_what_is_no_query_is_not_saved(
    minex: Minex, own: Path, name: str, term: str, more: tuple[str, ...], message: str
) -> None:
    answer = minex("query", "new", name, "--title", "T", "--term", term, *more)
    assert answer.code == 2
    assert message in answer.err
    assert not own.exists()


def test_a_folder_that_cannot_be_made_is_told(
    minex: Minex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MINEX_QUERIES", str(tmp_path / "file" / "queries"))
    answer = minex("query", "new", "mine", "--title", "T", "--term", "a[ti]")
    assert answer.code == 2
    assert "name a folder of yours in MINEX_QUERIES" in answer.err
