"""PubMed's query language over a list of papers, one paper after the other, in the plainest way.

Written apart from the mirror: it shares the parser of terms and MeSH's tree with it, nothing else. Texts of its
papers are plain ASCII, so that their words are easily told.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date

from minex.lexicon.meshtree import MeshTree
from minex.pubmed.syntax import Group, Leaf, Node, Span
from tests.mirror.maker import Paper

LANGUAGES = {"english": "eng", "german": "ger"}


def tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def matches(node: Node, papers: Sequence[Paper], tree: MeshTree) -> set[int]:
    """Return the PMIDs of the papers that match."""
    if isinstance(node, Group):
        sets = [matches(part, papers, tree) for part in node.parts]
        if node.operator == "OR":
            return set().union(*sets)
        if node.operator == "AND":
            return set.intersection(*sets)
        return sets[0] - sets[1]
    if isinstance(node, Span):
        assert node.field is not None
        return {p.pmid for p in papers if _between(p, node.first, node.last, node.field.tag)}
    found = {paper.pmid for paper in papers if _leaf(node, paper, tree)}
    if not found and not node.quoted and " " in node.text and (tag := _tag(node)) in ("ti", "ab", "tiab", "all"):
        singles = [Leaf(word, node.field, True) for word in node.text.split()]
        assert tag
        return set.intersection(*(matches(each, papers, tree) for each in singles))
    return found


def _tag(leaf: Leaf) -> str:
    return leaf.field.tag if leaf.field else "all"


def _leaf(leaf: Leaf, paper: Paper, tree: MeshTree) -> bool:
    tag, text = _tag(leaf), leaf.text
    if tag in ("ti", "ab", "tiab", "all"):
        texts = {"ti": [paper.title], "ab": [paper.abstract]}.get(
            tag, [paper.title, paper.abstract, *paper.keywords]
        )
        if tag == "all":
            texts += [heading.name for heading in paper.headings]
            texts += [name for heading in paper.headings for _, name, _ in heading.parts]
            texts += [name for _, name in (*paper.types, *paper.substances)]
            texts += [*paper.journal[1:], *(f"{last} {initials}" for last, initials in paper.authors)]
        if leaf.suffix.startswith("~"):
            return any(_near(tokens(each), tokens(text), int(leaf.suffix[1:])) for each in texts)
        return any(_phrase(tokens(each), tokens(text), text.endswith("*")) for each in texts)
    if tag in ("mh", "majr"):
        return _heading(leaf, paper, tree, tag == "majr")
    if tag == "pt":
        wanted = _ids(text, tree, leaf.suffix != "noexp")
        return any(id in wanted or tokens(name) == tokens(text) for id, name in paper.types)
    if tag == "la":
        return paper.language == LANGUAGES.get(text.lower(), text.lower())
    if tag == "ta":
        return tokens(text) in [tokens(name) for name in paper.journal[1:]]
    if tag == "au":
        return any(_author(leaf, tokens(f"{last} {initials}")) for last, initials in paper.authors)
    if tag == "pmid":
        return str(paper.pmid) in text.replace(",", " ").split()
    assert tag in ("dp", "edat", "crdt", "mhda")
    return _between(paper, text, text, tag)


def _phrase(text: list[str], sought: list[str], begun: bool) -> bool:
    size = len(sought)
    for start in range(len(text) - size + 1):
        part = text[start : start + size]
        if part == sought or (begun and part[:-1] == sought[:-1] and part[-1].startswith(sought[-1])):
            return True
    return False


def _near(text: list[str], sought: list[str], between: int) -> bool:
    places = [[at for at, word in enumerate(text) if word == each] for each in sought]
    return any(max(chosen) - min(chosen) - 1 <= between for chosen in itertools.product(*places))


def _ids(name: str, tree: MeshTree, below: bool) -> set[str]:
    found = {each.id for each in tree.descriptors.values() if tokens(each.name) == tokens(name)}
    return {id for one in found for id in tree.below(one)} if below else found


def _heading(leaf: Leaf, paper: Paper, tree: MeshTree, major: bool) -> bool:
    name, _, part = leaf.text.partition("/")
    wanted = _ids(name, tree, leaf.suffix != "noexp")
    for heading in paper.headings:
        if heading.id not in wanted:
            continue
        if not part:
            if not major or heading.major or any(main for _, _, main in heading.parts):
                return True
        elif any(tokens(each) == tokens(part) and (main or not major) for _, each, main in heading.parts):
            return True
    return False


def _author(leaf: Leaf, name: list[str]) -> bool:
    sought = tokens(leaf.text)
    start = name[: len(sought)]
    if len(sought) > 1 and len(sought[-1]) <= 2:
        return start[:-1] == sought[:-1] and (
            name == sought if leaf.quoted else len(start) == len(sought) and start[-1].startswith(sought[-1])
        )
    return start == sought


def _between(paper: Paper, first: str, last: str, tag: str) -> bool:
    days = {
        "dp": [paper.published, paper.electronic],
        "edat": [paper.entered],
        "crdt": [paper.created or paper.entered],
        "mhda": [paper.indexed or paper.entered],
    }[tag]
    low = date(*(*map(int, first.split("/")), 1, 1)[:3])
    # The end of a month or a year is the day before the next one begins.
    parts = [*map(int, last.split("/"))]
    for day in days:
        if not day:
            continue
        known = date(*(*day, 1, 1)[:3])
        if low <= known and [known.year, known.month, known.day][: len(parts)] <= parts:
            return True
    return False
