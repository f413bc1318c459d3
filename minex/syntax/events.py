"""Mends of lists of events: *knockdown of A or overexpression of B* is two things done, not three knocked down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from minex.syntax.rehang import Tree

if TYPE_CHECKING:
    from minex.syntax.parse import Token

# What happens or is done to a thing is called so: *overexpression*, *knockdown*, *silencing*, *treatment*, *loss*.
_EVENT = re.compile(
    r"\w{3,}(?:tion|sion|down|out|ing|ment|lation)|loss|gain|increase|decrease|uptake|rescue|transfer|release|delivery"
)

_CHANGES = frozenset(
    form
    for noun in ("increase", "decrease", "reduction", "decline", "drop", "rise", "fall")
    for form in (noun, noun + "s")
)
"""Nouns that say up or down of what stands after *in*."""

_CAUSES = frozenset({"caused", "causes", "causing", "showed", "induced", "produced", "mediated", "mediates"})

_AIMS = frozenset({"targeting", "silencing", "against", "blocking", "inhibiting", "neutralizing"})


def like_joins_like(tree: Tree) -> None:
    """*knockdown of A or overexpression of B*: an event in a list with a name belongs to the event before it."""
    for event in list(tree.tokens):
        name = tree.tokens[event.head]
        if event.dep != "conj" or not _is_event(event) or name.mention is None or name.dep != "pobj":
            continue
        preposition = tree.tokens[name.head]
        first = tree.tokens[preposition.head]
        joints = [child for child in tree.children(name.i) if child.dep == "cc" and child.i < event.i]
        if preposition.lower != "of" or not _is_event(first) or first.i >= name.i or not joints:
            continue
        own = [child for child in tree.children(event.i) if child.dep == "prep" and child.lower == "of"]
        stray = [child for child in tree.children(name.i) if child.i > event.i and child.lower == "of"]
        names = [child for child in tree.children(event.i) if child.mention is not None]
        if not own and not stray and not names:
            continue
        tree.hang(event.i, first.i, "conj")
        for joint in joints:
            tree.hang(joint.i, first.i, "cc")
        for other in stray[:1]:
            tree.hang(other.i, event.i, "prep")


def tool_before_its_target(tree: Tree) -> None:
    """*siRNA targeting X reduced Y*: what reduced Y is the siRNA, and X is what it targets."""
    for verb in list(tree.tokens):
        tool = tree.tokens[verb.head]
        name = tree.tokens[tool.head]
        if verb.dep != "acl" or verb.lower not in _AIMS or tool.dep not in ("nmod", "compound", "amod"):
            continue
        if name.mention is None or not tool.i < verb.i < name.i or tool.mention is not None:
            continue
        if any(between.head != name.i for between in tree.tokens[verb.i + 1 : name.i]):
            continue
        tree.hang(tool.i, name.head if name.head != name.i else tool.i, name.dep)
        tree.hang(name.i, verb.i, "dobj")


def object_of_the_later_verb(tree: Tree) -> None:
    """*raised A and reduced B, as well as C*: C belongs to the verb that stands before it, not to the first."""
    for late in list(tree.tokens):
        first = tree.tokens[late.head]
        if late.dep != "dobj" or late.i < first.i:
            continue
        earlier = [child for child in tree.children(first.i) if child.dep == "dobj" and child.i < late.i]
        verbs = [
            child
            for child in tree.children(first.i)
            if child.dep == "conj" and child.tag[:2] == "VB" and first.i < child.i < late.i
        ]
        if not earlier or not verbs or earlier[0].i > verbs[-1].i:
            continue
        own = [child for child in tree.children(verbs[-1].i) if child.dep == "dobj" and child.i < late.i]
        if own:
            tree.hang(late.i, own[0].i, "conj")


def repeated_preposition(tree: Tree) -> None:
    """*led to a reduction in A, as well as in B*: the second *in* is said of the reduction like the first."""
    for second in list(tree.tokens):
        before = tree.tokens[second.i - 1]
        joined = second.i > 0 and (before.dep == "cc" or before.tag == "CC" or before.lower == "as")
        if second.dep != "prep" or second.lower not in ("in", "of") or not joined:
            continue
        first = tree.tokens[tree.tokens[second.i - 2].head]
        if second.lower == "of" and before.lower == "and" and first.dep == "prep" and first.lower == "of":
            tree.hang(second.i, first.head, "prep")  # *levels of X and of Y*
            continue
        events = [
            event
            for event in tree.tokens[: second.i]
            if _is_event(event) and event.head != second.head and tree.tokens[event.head].head == second.head
        ]
        events += [child for child in tree.children(second.head) if child.i < second.i and _is_event(child)]
        for event in reversed(events):
            if any(child.dep == "prep" and child.lower == second.lower for child in tree.children(event.i)):
                tree.hang(second.i, event.i, "prep")
                break


def change_and_its_preposition(tree: Tree) -> None:
    """*led to a decline in X*: what stands right after a word for a change, and begins with *in*, says of what."""
    for second in list(tree.tokens):
        change, verb = tree.tokens[second.i - 1], tree.tokens[second.head]
        if second.dep != "prep" or second.lower != "in" or change.lower not in _CHANGES or change.tag[:2] != "NN":
            continue
        above = tree.tokens[change.head]
        is_object = change.dep == "dobj" and above.i == verb.i
        is_after = change.dep == "pobj" and above.dep == "prep" and above.head == verb.i
        if verb.tag[:2] == "VB" and (is_object or is_after):
            tree.hang(second.i, change.i, "prep")


def names_before_an_event(tree: Tree) -> None:
    """*through X and Y repression*: two names, and what happens to both; it is no list of X and a repression.

    Not where a verb says itself what happens to X: *lowered X and Y repression*.
    """
    for event in list(tree.tokens):
        first = tree.tokens[event.head]
        if event.dep != "conj" or first.mention is None or not _is_event(event) or first.i > event.i - 3:
            continue
        name, joint = tree.tokens[event.i - 1], tree.tokens[event.i - 2]
        if name.head != event.i or name.mention is None or name.mention.type != first.mention.type:
            continue
        governor = tree.tokens[first.head]
        plain = first.dep == "pobj" or first.dep in ("nsubj", "nsubjpass") or governor.lower in _CAUSES
        if joint.lower != "and" or not plain or name.dep not in ("compound", "nmod", "amod"):
            continue
        if first.mention.type == "PROCESS":
            continue  # *causes G1 arrest and proliferation repression* are two things
        tree.hang(event.i, first.head if first.head != first.i else event.i, first.dep)
        for child in tree.children(first.i):
            if child.i > event.i:
                tree.hang(child.i, event.i, child.dep)
        tree.hang(first.i, event.i, "nmod")
        tree.hang(name.i, first.i, "conj")


def _is_event(token: Token) -> bool:
    return token.mention is None and token.tag[:2] == "NN" and _EVENT.fullmatch(token.lower) is not None
