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


def _is_event(token: Token) -> bool:
    return token.mention is None and token.tag[:2] == "NN" and _EVENT.fullmatch(token.lower) is not None
