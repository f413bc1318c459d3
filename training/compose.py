"""Sentences put together from the parts of others, so that their trees are known by construction.

A model errs most where parts meet that the treebank seldom has together: a phrase with a list before the subject,
a participle and a place around it, an apposition or a relative clause between subject and verb, a second verb
without a subject, a second clause. Each of these is cut from one sentence and set into another; what hangs on what
follows from the two trees. That the whole makes little sense is no harm: a parser looks at words and their order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from prepare import Node

SHORTEST, LONGEST = 5, 45
_PART = 14
"""The most tokens of what is set in."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BEFORE = tuple(
    [word.split("/") for word in phrase.split()]
    for phrase in (
        "Upregulated/VBN/amod", "Overexpressed/VBN/amod", "Downregulated/VBN/amod", "Increased/VBN/amod",
        "Elevated/VBN/amod", "Reduced/VBN/amod", "Decreased/VBN/amod", "Secreted/VBN/amod", "Circulating/VBG/amod",
        "Exosomal/JJ/amod", "Ectopic/JJ/amod", "High/JJ/amod", "Low/JJ/amod", "Forced/VBN/amod",
        "Serum/NN/compound", "Tumor/NN/compound", "Restored/VBN/amod", "Aberrant/JJ/amod",
        "Enhanced/VBN/amod", "Inhibited/VBN/amod",
    )
)  # fmt: skip
_FIRST = tuple(
    [word.split("/") for word in phrase.split()]
    for phrase in (
        "Moreover/RB/advmod", "In/IN/prep addition/NN/pobj", "Furthermore/RB/advmod", "Mechanistically/RB/advmod",
        "Conversely/RB/advmod", "In/IN/prep contrast/NN/pobj", "Consistently/RB/advmod", "Interestingly/RB/advmod",
        "Taken/VBN/advcl together/RB/advmod", "Finally/RB/advmod", "In/IN/prep turn/NN/pobj", "Thus/RB/advmod",
    )
)  # fmt: skip


class Parts:
    """Clauses and phrases of a pool of sentences, to be set into others."""

    def __init__(self, pool: Sequence[Sequence[Node]], chance: random.Random) -> None:
        self._chance = chance
        self._pool = [nodes for nodes in pool if SHORTEST <= len(nodes) <= LONGEST]
        self.clauses = [nodes for nodes in self._pool if _is_clause(nodes)]
        kinds: dict[str, list[list[Node]]] = {
            kind: [] for kind in ("fronted", "place", "noun", "predicate", "which")
        }
        for nodes in self._pool:
            for index, node in enumerate(nodes):
                if part := _cut(nodes, index):
                    self._sort(kinds, node, part, nodes[node.head])
            if _is_clause(nodes):
                if predicate := _predicate(nodes):
                    kinds["predicate"].append(predicate)
                if which := _which(nodes):
                    kinds["which"].append(which)
        self.kinds = kinds

    @staticmethod
    def _sort(kinds: dict[str, list[list[Node]]], node: Node, part: list[Node], above: Node) -> None:
        if not 2 <= len(part) <= _PART or part[-1].dep == "punct":
            return
        verb = above.tag.startswith("VB")
        if node.dep == "prep" and part[0].tag == "IN" and verb and part[0].word[0].isupper():
            kinds["fronted"] += [part] * 3
        elif node.dep == "prep" and part[0].tag in ("IN", "VBN") and verb:
            kinds["fronted"].append(part)
        elif node.dep == "advcl" and part[0].dep in ("mark", "aux", "advmod"):
            kinds["fronted"] += [part] * 2
        elif node.dep == "prep" and part[0].word in ("in", "from", "within", "of") and above.tag.startswith("NN"):
            kinds["place"].append(part)
        elif node.dep in ("attr", "dobj", "pobj", "appos") and part[0].tag == "DT" and node.tag == "NN":
            kinds["noun"].append(part)

    def pick(self, kind: str) -> list[Node]:
        """Return a part of a kind, its root at its own index, its first letter small if it is a word."""
        part = self._chance.choice(self.kinds[kind])
        return [replace(part[0], word=_small(part[0])), *part[1:]]

    def clause(self) -> list[Node]:
        return list(self._chance.choice(self.clauses))


def compose(pool: Sequence[Sequence[Node]], count: int, chance: random.Random) -> Iterator[list[Node]]:
    """Yield sentences put together from a pool's, each in one or two of the ways below."""
    parts = Parts(pool, chance)
    made = 0
    while made < count:
        nodes = parts.clause()
        for way in chance.sample(WAYS, chance.choice((1, 1, 2, 2, 3))):
            nodes = way(nodes, parts, chance)
        if len(nodes) <= 1.5 * LONGEST:
            made += 1
            yield [replace(nodes[0], word=nodes[0].word[:1].upper() + nodes[0].word[1:]), *nodes[1:]]


def fronted(nodes: list[Node], parts: Parts, chance: random.Random) -> list[Node]:
    """Put a phrase or a clause before a sentence: *In tumors and cell lines, ...*, *By targeting X, ...*."""
    if chance.random() < 0.3:
        words = chance.choice(_FIRST)
        part = [Node(word, True, tag, "", 0, dep) for word, tag, dep in words]
    else:
        part = parts.pick("fronted")
    part[-1] = replace(part[-1], space=False)
    comma = Node(",", True, ",", "", -1, "punct")
    return _insert(nodes, 0, [*part, comma], _root(nodes))


def before_subject(nodes: list[Node], parts: Parts, chance: random.Random) -> list[Node]:
    """Put a participle or an adjective before a subject that nothing stands before: *Upregulated X ...*."""
    subject = _subject(nodes)
    first = min(_below(nodes, subject))
    if nodes[first].tag not in ("NN", "NNP", "NNS") or nodes[first].dep not in ("compound", *_SUBJECTS):
        return nodes
    (word, tag, dep), *_ = chance.choice(_BEFORE)
    return _insert(nodes, first, [Node(word if first == 0 else word.lower(), True, tag, "", 0, dep)], subject)


def after_subject(nodes: list[Node], parts: Parts, chance: random.Random) -> list[Node]:
    """Put a place after a subject, before its verb: *X in breast cancer promotes ...*."""
    subject = _subject(nodes)
    if max(_below(nodes, subject)) != subject:
        return nodes
    return _insert(nodes, subject + 1, parts.pick("place"), subject)


def apposition(nodes: list[Node], parts: Parts, chance: random.Random) -> list[Node]:
    """Put an apposition or a relative clause between commas, or an apposition in brackets, after a subject."""
    subject = _subject(nodes)
    end = max(_below(nodes, subject)) + 1
    if end != subject + 1 and any(
        nodes[i].dep in ("relcl", "appos", "acl", "conj") for i in _below(nodes, subject)
    ):
        return nodes
    relative = chance.random() < 0.4
    part = parts.pick("which" if relative else "noun")
    root = next(i for i, node in enumerate(part) if node.head == i)
    part[root] = replace(part[root], dep="relcl" if relative else "appos")
    part[-1] = replace(part[-1], space=False)
    comma = Node(",", True, ",", "", -1, "punct")
    nodes[end - 1] = replace(nodes[end - 1], space=False)
    return _insert(nodes, end, [comma, *part, comma], subject)


def second_predicate(nodes: list[Node], parts: Parts, chance: random.Random) -> list[Node]:
    """Let a sentence go on with another verb of the same subject: *X was reduced and correlated with Y*."""
    root = _root(nodes)
    if any(node.dep == "conj" and node.head == root for node in nodes):
        return nodes
    part = parts.pick("predicate")
    verb = next(i for i, node in enumerate(part) if node.head == i)
    part[verb] = replace(part[verb], dep="conj")
    joint = [Node(chance.choice(("and", "and", "and", "but", "or")), True, "CC", "", -1, "cc")]
    if chance.random() < 0.4:
        joint.insert(0, Node(",", True, ",", "", -1, "punct"))
    return _append(nodes, [*joint, *part], root)


def second_clause(nodes: list[Node], parts: Parts, chance: random.Random) -> list[Node]:
    """Let another clause follow: *..., and Y ...*, *..., whereas Y ...*."""
    root = _root(nodes)
    if any(node.dep == "conj" and node.head == root for node in nodes):
        return nodes
    part = _without_stop(parts.clause())
    part[0] = replace(part[0], word=_small(part[0]))
    verb = _root(part)
    comma = [Node(",", True, ",", "", -1, "punct")] if chance.random() < 0.8 else []
    if chance.random() < 0.75:
        part[verb] = replace(part[verb], dep="conj")
        joint = [*comma, Node(chance.choice(("and", "and", "but")), True, "CC", "", -1, "cc")]
        return _append(nodes, [*joint, *part], root)
    part[verb] = replace(part[verb], dep="advcl")
    mark = Node(chance.choice(("whereas", "while", "because", "although")), True, "IN", "", verb + 1, "mark")
    part = [mark, *(replace(node, head=node.head + 1) for node in part)]
    return _append(nodes, [*comma, *part], root)


WAYS: tuple[Callable[[list[Node], Parts, random.Random], list[Node]], ...] = (
    fronted, before_subject, after_subject, apposition, second_predicate, second_clause,
)  # fmt: skip


def _root(nodes: Sequence[Node]) -> int:
    return next(i for i, node in enumerate(nodes) if node.head == i)


def _subject(nodes: Sequence[Node]) -> int:
    root = _root(nodes)
    return next(i for i, node in enumerate(nodes) if node.head == root and node.dep in _SUBJECTS)


def _below(nodes: Sequence[Node], index: int) -> list[int]:
    found = []
    for i in range(len(nodes)):
        at, steps = i, 0
        while at != index and nodes[at].head != at and steps < len(nodes):
            at, steps = nodes[at].head, steps + 1
        if at == index:
            found.append(i)
    return found


def _is_clause(nodes: Sequence[Node]) -> bool:
    """Return whether a sentence is one plain clause: a subject before a finite verb, nothing reported."""
    root = _root(nodes)
    children = [(i, node) for i, node in enumerate(nodes) if node.head == root and i != root]
    subjects = [i for i, node in children if node.dep in _SUBJECTS]
    helped = any(node.dep in ("aux", "auxpass") and node.tag in (*_FINITE, "MD") for _, node in children)
    if len(subjects) != 1 or subjects[0] > root or not (nodes[root].tag in _FINITE or helped):
        return False
    if nodes[subjects[0]].tag in ("PRP", "WDT", "WP", "EX") or any(
        node.dep in ("ccomp", "csubj") for _, node in children
    ):
        return False
    below = _below(nodes, subjects[0])
    return below == list(range(below[0], below[-1] + 1)) and all(node.dep != "meta" for node in nodes)


def _cut(nodes: Sequence[Node], index: int) -> list[Node]:
    """Return what hangs on a token as a tree of its own; nothing if it is not in one piece."""
    if nodes[index].dep not in ("prep", "advcl", "attr", "dobj", "pobj", "appos"):
        return []
    below = _below(nodes, index)
    if not below or len(below) > _PART or below != list(range(below[0], below[-1] + 1)):
        return []
    return _moved(nodes, below[0], below[-1] + 1, index)


def _moved(nodes: Sequence[Node], first: int, end: int, root: int) -> list[Node]:
    """Return a stretch with heads counted from its beginning; what hung outside hangs on its root."""
    inside = range(first, end)
    return [
        replace(node, head=(node.head if node.head in inside and first + i != root else root) - first)
        for i, node in enumerate(nodes[first:end])
    ]


def _predicate(nodes: Sequence[Node]) -> list[Node]:
    """Return a clause from its verb on: without subject, auxiliaries stay only if they are next to it."""
    nodes = _without_stop(nodes)
    root = _root(nodes)
    first = root
    if nodes[root].tag not in ("VBN", *_FINITE):
        return []
    while first > 0 and nodes[first - 1].head == root and nodes[first - 1].dep == "advmod":
        first -= 1
    stretch = _moved(nodes, first, len(nodes), root)
    whole = all(node.head >= root for node in nodes[root:])
    return stretch if whole and 2 <= len(stretch) <= _PART and stretch[-1].dep != "punct" else []


def _which(nodes: Sequence[Node]) -> list[Node]:
    """Return a clause with *which* in the place of its subject."""
    nodes = _without_stop(nodes)
    subject = _subject(nodes)
    below = _below(nodes, subject)
    root = _root(nodes)
    if below[0] != 0 or nodes[subject].tag == "NNS" or below[-1] + 1 > root:
        return []
    rest = _moved(nodes, below[-1] + 1, len(nodes), root)
    if not 2 <= len(rest) <= _PART or rest[0].dep == "punct":
        return []
    verb = root - below[-1] - 1
    which = Node("which", True, "WDT", "", verb + 1, nodes[subject].dep)
    return [which, *(replace(node, head=node.head + 1) for node in rest)]


def _without_stop(nodes: Sequence[Node]) -> list[Node]:
    last = len(nodes) - 1
    if nodes[last].word in (".", "?", "!") and all(node.head != last for node in nodes):
        return list(nodes[:last])
    return list(nodes)


def _insert(nodes: Sequence[Node], at: int, part: Sequence[Node], head: int) -> list[Node]:
    """Set a part in before a token; its root, and what has no head (-1), hang on a token of the sentence."""
    size = len(part)
    roots = [i for i, node in enumerate(part) if node.head != -1 and _is_own(part, i)]
    moved = [replace(node, head=node.head + (size if node.head >= at else 0)) for node in nodes]
    if at == 0 and moved:
        moved[0] = replace(moved[0], word=_small(nodes[0]))
    new_head = head + (size if head >= at else 0)
    shift = next((i for i, node in enumerate(part) if node.head != -1), 0)
    inner = [
        replace(node, head=new_head if node.head == -1 or i in roots else node.head + shift + at)
        for i, node in enumerate(part)
    ]
    return [*moved[:at], *inner, *moved[at:]]


def _is_own(part: Sequence[Node], index: int) -> bool:
    """Return whether a token of a part is its root; heads are counted from the first that has one."""
    shift = next(i for i, node in enumerate(part) if node.head != -1)
    return part[index].head + shift == index


def _append(nodes: Sequence[Node], part: Sequence[Node], head: int) -> list[Node]:
    """Set a part in at the end of a sentence, before its full stop."""
    end = len(_without_stop(nodes))
    part = list(part)
    before = list(nodes)
    if part[0].word == ",":
        before[end - 1] = replace(before[end - 1], space=False)
    else:
        before[end - 1] = replace(before[end - 1], space=True)
    if end < len(nodes):
        part[-1] = replace(part[-1], space=False)
    return _insert(before, end, part, head)


def _small(node: Node) -> str:
    """Return a word as it stands inside a sentence."""
    if node.tag in ("NNP", "NNPS") or not (node.word[1:].islower() or node.word == "A"):
        return node.word
    return node.word.lower()
