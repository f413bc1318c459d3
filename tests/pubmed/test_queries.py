"""Saved queries: those that ship are sound, and a file that is none says so with its line and the cure."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.errors import QueryError
from minex.pubmed import queries
from minex.resources import find

SHIPPED = {path.stem for path in find("corpus/queries").glob("*.toml")}
LEAST = 'title = "T"\nterm = "exosomes[tiab]"\n'


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's own queries, empty."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("MINEX_QUERIES", str(folder))
    return folder


def parse(text: str, name: str = "mine") -> queries.Query:
    return queries.parse(text, Path(f"{name}.toml"))


def refusal(text: str, name: str = "mine") -> str:
    with pytest.raises(QueryError) as told:
        parse(text, name)
    assert told.value.exit_code == 2
    assert told.value.cure
    return str(told.value)


def test_the_queries_of_the_field_ship() -> None:
    assert {"hypoxia-exosome-cancer", "mir-21-lung", "mirna-cancer"} <= SHIPPED
    assert set(queries.available()) == SHIPPED


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_query_is_sound(name: str) -> None:
    query = queries.load(name)
    assert query.name == name
    assert query.problems == ()
    assert "\n" not in query.term
    assert query.path == find("corpus/queries") / f"{name}.toml"


def test_what_is_not_said_has_its_usual_value() -> None:
    query = parse(LEAST)
    assert (query.first_day, query.last_day, query.date_type, query.limit) == (None, None, "edat", None)
    assert query.sources == ("pubmed",)


def test_all_keys_are_read() -> None:
    query = parse(
        "title = 'T'\nterm = '''\na[ti]\n  AND b[ti]\n'''\nfirst_day = '2015-02'\nlast_day = '2016-02'\n"
        "date_type = 'pdat'\nsources = ['pmc', 'pubmed']\nlimit = 50\n"
    )
    assert query.term == "a[ti] AND b[ti]"
    assert query.written == "a[ti]\n  AND b[ti]\n"
    assert (query.first_day, query.last_day) == (date(2015, 2, 1), date(2016, 2, 29))
    assert (query.date_type, query.sources, query.limit) == ("pdat", ("pubmed", "pmc"), 50)


@pytest.mark.parametrize("written", ["'2015'", "2015", "'2015-01'", "'2015-01-01'", "2015-01-01"])
def test_a_day_can_be_written_in_many_ways(written: str) -> None:
    assert parse(f"{LEAST}first_day = {written}\n").first_day == date(2015, 1, 1)


WRONG = (
    (f"{LEAST}limits = 3\n", "mine.toml:3: unknown key 'limits'; did you mean 'limit'? allowed: title, term,"),
    (f"{LEAST}[more]\na = 1\n", "mine.toml:3: unknown key 'more'"),
    ('term = "a"\n', "mine.toml: 'title' is missing; add title ="),
    ('title = "a"\n', "mine.toml: 'term' is missing"),
    ('title = "a"\nterm = " "\n', "mine.toml:2: term is empty"),
    ('title = 3\nterm = "a"\n', "mine.toml:1: title has to be a text"),
    (f'{LEAST}first_day = "2015-13"\n', "mine.toml:3: first_day: the calendar has no 2015-13"),
    (f'{LEAST}last_day = "2015-02-30"\n', "mine.toml:3: last_day: the calendar has no 2015-02-30"),
    (f'{LEAST}first_day = "2015/01"\n', 'mine.toml:3: first_day is not a date; write first_day = "YYYY-MM-DD"'),
    (f"{LEAST}first_day = true\n", "mine.toml:3: first_day is not a date"),
    (f"{LEAST}first_day = 2015-01-01T00:00:00\n", "mine.toml:3: first_day is not a date"),
    (f"{LEAST}first_day = 2016\nlast_day = 2015\n", "mine.toml:4: last_day 2015-12-31 is before first_day"),
    (f'{LEAST}date_type = "mdat"\n', "mine.toml:3: unknown date_type 'mdat'; \"edat\" is the day of entry"),
    (f'{LEAST}sources = "pubmed"\n', "mine.toml:3: sources has to be a list"),
    (f"{LEAST}sources = []\n", "mine.toml:3: sources has to be a list"),
    (f'{LEAST}sources = ["pubmed", "arxiv"]\n', "mine.toml:3: unknown source 'arxiv'; write sources ="),
    (f'{LEAST}sources = ["pubmed", "pubmed"]\n', "mine.toml:3: a source stands twice"),
    (f'{LEAST}sources = ["pmc"]\n', "mine.toml:3: the articles are always sought in pubmed"),
    (f"{LEAST}limit = 0\n", "mine.toml:3: limit has to be a whole number"),
    (f"{LEAST}limit = true\n", "mine.toml:3: limit has to be a whole number"),
    (f"{LEAST}limit = {'9' * 5000}\n", "mine.toml:"),
    (f"{LEAST}first_day = 2015-06\n", "mine.toml:3: this is not TOML"),
    (f'{LEAST}title = "again"\n', "mine.toml:3: this is not TOML"),
    ("title = 'T'\nterm = '''a", "mine.toml:2: this is not TOML"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_file_that_is_no_query_says_where_and_what_to_do(text: str, message: str) -> None:
    assert refusal(text).startswith(message)


def test_a_key_within_a_long_text_is_not_taken_for_the_key() -> None:
    text = "title = 'T'\nterm = '''\nlimit = 3\n'''\nlimit = 0\n"
    assert refusal(text).startswith("mine.toml:5: ")


@pytest.mark.parametrize("name", ["Mine", "my_query", "-a", "", "miR 21", "é"])
def test_a_name_is_one_that_can_be_typed(name: str) -> None:
    with pytest.raises(QueryError, match="small letters, digits and hyphens"):
        queries.parse(LEAST, Path("x.toml"), name)


def test_an_own_query_wins_over_a_shipped_one(own: Path) -> None:
    (own / "mir-21-lung.toml").write_text(LEAST, encoding="utf-8")
    assert set(queries.available()) == SHIPPED
    assert queries.load("mir-21-lung").title == "T"


def test_the_users_folder_is_where_configuration_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINEX_QUERIES")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert queries.own_folder() == tmp_path / "minex" / "queries"
    monkeypatch.setenv("XDG_CONFIG_HOME", "not/absolute")
    assert queries.own_folder() == Path.home() / ".config" / "minex" / "queries"


def test_a_query_can_be_a_file_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text("\ufeff" + LEAST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert queries.load("mine.toml").name == queries.load(Path("mine.toml")).name == "mine"
    assert queries.load(str(tmp_path / "mine.toml")).title == "T"


def test_a_query_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="did you mean 'mir-21-lung'"):
        queries.load("mir-21-lungs")
    with pytest.raises(QueryError, match=r"none\.toml: cannot be read \(No such file"):
        queries.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"title = '\xe9'")
    with pytest.raises(QueryError, match="not text in UTF-8"):
        queries.load(tmp_path / "latin.toml")


def test_the_definition_is_the_query_and_not_its_layout() -> None:
    one = parse("title = 'T'\nterm = '''\na[ti]\n  AND b[ti]\n'''\n")
    other = queries.parse("term = 'a[ti] AND b[ti]'\ntitle = 'T'\n", Path("elsewhere/mine.toml"))
    assert one.definition == other.definition
    assert json.loads(one.definition)["term"] == "a[ti] AND b[ti]"
    for changed in ("limit = 3", "first_day = 2015", "date_type = 'pdat'", "sources = ['pubmed', 'pmc']"):
        assert parse(f"title = 'T'\nterm = 'a[ti] AND b[ti]'\n{changed}\n").definition != one.definition


def test_a_query_is_never_written_over(own: Path) -> None:
    queries.create(own / "mine.toml", LEAST)
    with pytest.raises(QueryError, match="such a query already"):
        queries.create(own / "mine.toml", "title = 'other'")
    assert (own / "mine.toml").read_text(encoding="utf-8") == LEAST


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(title=TEXT, term=TEXT, limit=st.none() | st.integers(1, 10**9))
def test_what_is_written_is_read_back(title: str, term: str, limit: int | None) -> None:
    text = queries.as_toml({"title": title, "term": term, "sources": ["pubmed"], "limit": limit})
    query = parse(text)
    assert (query.title, query.term, query.limit) == (" ".join(title.split()), " ".join(term.split()), limit)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    with contextlib.suppress(QueryError):
        assert parse(text).term
