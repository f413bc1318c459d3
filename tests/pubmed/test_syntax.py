"""A term's tree: what PubMed's users write, and how it is put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import QueryError
from minex.pubmed.queries import available, load
from minex.pubmed.syntax import parse, shown
from minex.pubmed.term import check


@pytest.mark.parametrize(
    ("term", "tree"),
    [
        ("exosomes", "exosomes[all]"),
        ("lung cancer", "(lung[all] AND cancer[all])"),
        ("lung cancer[ti]", "lung cancer[ti]"),
        ('"lung cancer"[Title/Abstract]', '"lung cancer"[tiab]'),
        ('hypoxia "lung cancer"[ti]', '(hypoxia[all] AND "lung cancer"[ti])'),
        ("a OR b AND c", "((a[all] OR b[all]) AND c[all])"),
        ("a AND b OR c NOT d", "(((a[all] AND b[all]) OR c[all]) NOT d[all])"),
        ("a AND (b OR c)", "(a[all] AND (b[all] OR c[all]))"),
        ("a AND (b AND c)", "(a[all] AND b[all] AND c[all])"),
        ("a AND NOT b", "(a[all] NOT b[all])"),
        ("a[ti] b[ab]", "(a[ti] AND b[ab])"),
        ("((a))", "a[all]"),
        ("2018:2020[dp]", "2018:2020[dp]"),
        ('"2018/01"[dp] : "3000"[dp]', "2018/01:3000[dp]"),
        ("2018 : 2020[pdat]", "2018:2020[dp]"),
        ("Neoplasms[mh:noexp]", "Neoplasms[mh:noexp]"),
        ('"a b"[tiab:~3]', '"a b"[tiab:~3]'),
        ("a[ti] and b[ti]", "(a[ti] AND b[ti])"),
    ],
)
def test_a_term_is_read_as_pubmed_reads_it(term: str, tree: str) -> None:
    assert shown(parse(term)) == tree


@pytest.mark.parametrize("name", sorted(available()))
def test_every_shipped_query_has_a_tree(name: str) -> None:
    tree = parse(load(name).term)
    assert shown(parse(shown(tree))) == shown(tree)


@pytest.mark.parametrize(
    "term",
    [
        "",
        "(",
        ")",
        "()",
        "a AND",
        "OR a",
        "a AND OR b",
        "[ti]",
        "a[nothing]",
        "a:",
        ":a",
        "a[ti]:b[ti]",
        'a"',
        "(" * 90,
    ],
)
def test_a_broken_term_is_refused(term: str) -> None:
    with pytest.raises(QueryError):
        parse(term)


def test_no_depth_of_brackets_is_too_deep_where_they_say_nothing() -> None:
    assert shown(parse("(" * 9_000 + "a" + ")" * 9_000)) == "a[all]"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab"[]()*:~/ ANDORNOTtidp2019', max_size=50))
def test_what_the_check_lets_pass_has_a_tree_that_reads_back(term: str) -> None:
    if any(problem.level == "error" for problem in check(term)):
        return
    try:
        tree = parse(term)
    except QueryError:
        return
    assert shown(parse(shown(tree))) == shown(tree)
