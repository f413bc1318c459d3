"""What is wrong with a search term, and at which character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.pubmed import fields
from minex.pubmed.term import check, place
from minex.pubmed.tokens import tokenize

SOUND = (
    "exosomes",
    "lung cancer",
    'hypoxi*[tiab] AND "extracellular vesicles"[mh]',
    "(a[ti] OR b[ti]) AND (c[ti] OR d[ti]) NOT review[pt]",
    "neoplasms[mh:noexp]",
    "Neoplasms [MeSH Terms:NoExp] AND Hypoxia[ MeSH  Major Topic ]",
    '"rationing healthcare"[Title:~2]',
    '"hypoxia exosome"[Title / Abstract:~10]',
    "2015[dp]",
    "2015/01:2018/06/30[dp]",
    "2015 : 3000[crdt]",
    '"2020/01/01"[Date - Publication] : "3000"[Date - Publication]',
    '"2020/01/01"[dp]:"2020/12/31"[dp]',
    '"last 5 years"[dp]',
    "cancer 2020[dp]",
    "wit and humor[mh]",
    "prevention & control[sh]",
    "a[ti] | b[ti]",
    '"breast feed*"[tiab]',
    "breast feed*[tiab]",
    '"miR-21*"',
    "let-7*[tiab]",
    "neoplasms/drug therapy[majr]",
    "hasretractionin",
    "17170002 16381840",
    "all[sb] NOT medline[sb]",
    "o'brien j[au]",
)


@pytest.mark.parametrize("term", SOUND)
def test_a_sound_term_has_no_problem(term: str) -> None:
    assert check(term) == ()


# The caret stands below the character that the problem is told of.
WRONG = (
    ("(a OR b", "^", "never closed"),
    ("a OR b)", "      ^", "never opened"),
    ("a AND () AND b", "      ^", "empty brackets"),
    ('a AND "b c[ti]', "      ^", "no partner"),
    ('("a[ti] OR b[ti]) AND "c"', " ^", "no partner"),
    ("“lung cancer”[ti]", "^", "curly"),
    ("exosomes[tiabs]", "        ^", "no field [tiabs]"),
    ("exosomes[]", "        ^", "empty tag"),
    ("exosomes[ti", "        ^", "never closed"),
    ("exosomes ti]", "           ^", "never opened"),
    ("[ti] exosomes", "^", "without a term"),
    ("exosomes[ti][ab]", "            ^", "without a term"),
    ("(a OR b)[ti]", "        ^", "not to brackets"),
    ("AND a", "^", "begins with AND"),
    ("a OR", "  ^", "ends with OR"),
    ("a AND (OR b)", "       ^", "begin with OR"),
    ("a AND (b NOT)", "         ^", "end with NOT"),
    ("NOT review[pt]", "^", "begins with NOT"),
    ("a AND OR b", "      ^", "OR follows AND"),
    ("miR*[tiab]", "   ^", "fewer than 4"),
    ("a AND *", "      ^", "fewer than 4"),
    ("2020/13:2021[dp]", "^", "no 2020/13"),
    ("2020:2021/02/30[edat]", "     ^", "no 2021/02/30"),
    ("2021:2020[dp]", "^", "ends before it begins"),
    ('"2021"[dp] : "2020"[dp]', " ^", "ends before it begins"),
    ("2020-01-01[dp]", "^", "is not a date"),
    ("2020:[dp]", "     ^", "without a term"),
    ("2020:2021:2022[dp]", "         ^", "two ends"),
    ("#1 AND #2", "^", "search history"),
    ("exosome[tiab:~3]", "       ^", "nearness needs two words"),
    ('"a b"[mh:~3]', "     ^", "near each other"),
    ('"a b"[ti:~x]', "     ^", "not a number"),
    ('"hypox* cell"[ti:~3]', "      ^", "forgets"),
    ("a[ti:exp]", " ^", "cannot be followed"),
    ("a\x00b", " ^", "no text"),
    ("", "^", "no term"),
    (" \n", "^", "no term"),
)


@pytest.mark.parametrize(("term", "caret", "message"), WRONG)
def test_an_error_points_at_its_character(term: str, caret: str, message: str) -> None:
    errors = [problem for problem in check(term) if problem.level == "error"]
    assert (caret.index("^"), True) in [(error.position, message in error.message) for error in errors], errors
    assert all(error.cure for error in errors)


DOUBTFUL = (
    ("a AND b OR c", "        ^", "AND and OR"),
    ("a[ti] b[ti] OR c[ti]", "            ^", "AND and OR"),
    ("a NOT b OR c", "        ^", "NOT and OR"),
    ("a AND NOT b", "      ^", "NOT alone"),
    ("a[ti] and b[ti]", "      ^", "asks for capitals"),
    ("exosome or microvesicle", "        ^", "asks for capitals"),
    ("tumo?r[ti]", "    ^", "read as a space"),
    ("benzo(a)pyrene", "     ^", "inside a word"),
    ('"hypoxia AND exosome"', "         ^", "word of the phrase"),
    ('"tumor* cell"[ti]', "      ^", "last word"),
    ("exosomes[ti:noexp]", "        ^", "nothing below"),
)


@pytest.mark.parametrize(("term", "caret", "message"), DOUBTFUL)
def test_what_may_be_meant_otherwise_is_a_warning(term: str, caret: str, message: str) -> None:
    (problem,) = check(term)
    assert (problem.level, problem.position) == ("warning", caret.index("^"))
    assert message in problem.message + problem.cure


@pytest.mark.parametrize(
    ("written", "meant"),
    [("tiabs", "tiab"), ("Mesh Trems", "mh"), ("kw", "ot"), ("titel", "ti"), ("pdate", "dp")],
)
def test_the_field_that_was_meant_is_named(written: str, meant: str) -> None:
    (problem,) = check(f"exosomes[{written}]")
    assert f"did you mean [{meant}]?" in problem.cure


def test_every_field_is_known_by_all_its_names_in_any_case() -> None:
    words = [word for field in fields.FIELDS for word in field.words]
    assert len(words) == len(set(words))
    for field in fields.FIELDS:
        term = "2020" if field.tag in fields.DATES else "cancer"
        for word in field.words:
            assert check(f"{term}[{word.upper()}]") == (), word
    assert fields.DATES | fields.NARROWER | fields.NEAR | set(fields.MEANT.values()) <= set(fields.BY_WORD)
    assert not set(fields.MEANT) & set(fields.BY_WORD)


def test_a_problem_is_found_again_in_its_line() -> None:
    term = "hypoxia[mh]\nAND\n  exosomes[tiabs]"
    (problem,) = check(term)
    assert place(term, problem.position) == (2, 10)


# Laws.

WORDS = st.sampled_from(
    ["hypoxia", "miR-21", "exosom*", "lung cancer", '"lung cancer"', '"extracellular vesicle*"']
)
TAGS = st.sampled_from(["", "[tiab]", "[ti]", " [mh]", "[MeSH Terms:noexp]", "[All Fields]", "[majr]"])
LEAVES = st.one_of(
    st.builds("{}{}".format, WORDS, TAGS), st.sampled_from(["2015[dp]", "2015/01:2016[edat]", '"a b"[ti:~3]'])
)


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Terms with one operator between them, in brackets."""
    operator = st.sampled_from([" AND ", " OR ", " NOT ", "\nOR "])
    return st.builds(
        lambda operator, parts: f"({operator.join(parts)})", operator, st.lists(parts, min_size=1, max_size=4)
    )


TERMS = st.recursive(LEAVES, joined, max_leaves=20)
SCRAPS = st.lists(
    st.sampled_from(
        [*'()[]"*:#~?“” \n\t', "AND", "or", "NOT", "[tiab]", "[dp]", "2020", "miR", "/", "[mh:", "\x00"]
    )
).map("".join)


@settings(deadline=None)
@given(st.one_of(st.text(), SCRAPS))
def test_any_text_can_be_checked(term: str) -> None:
    for problem in check(term):
        assert 0 <= problem.position < max(1, len(term))
        assert problem.message
        assert problem.cure
    tokens, _ = tokenize(term)
    ends = [0]
    for token in tokens:
        assert ends[-1] <= token.start < token.end <= len(term)
        ends.append(token.end)


@settings(deadline=None)
@given(TERMS)
def test_a_well_formed_term_has_no_error(term: str) -> None:
    assert [problem for problem in check(term) if problem.level == "error"] == []


@settings(deadline=None)
@given(joined(TERMS), st.data())
def test_a_bracket_or_a_mark_that_is_lost_is_missed(term: str, data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from([place for place, sign in enumerate(term) if sign in '()[]"']))
    broken = term[:lost] + term[lost + 1 :]
    errors = [problem for problem in check(broken) if problem.level == "error"]
    assert errors
    assert all(0 <= error.position < len(broken) for error in errors)
