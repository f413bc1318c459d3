"""Who goes with whom in lists: in order where a sentence says *respectively*, across kinds within one list."""

from __future__ import annotations

from minex.extraction.descent import Argument
from minex.model import Mention, MentionType
from minex.syntax.parse import Parse, Token

_IN_ORDER = frozenset({"respectively", "respective"})


def pairs(
    subjects: list[Argument], objects: list[Argument], parse: Parse, trigger: Token
) -> list[tuple[Argument, Argument]]:
    """Return who goes with whom: each with each, or in order where the sentence says *respectively*.

    *X and Y raised A and B, respectively* pairs the members; *A and B were lowered and raised, respectively, by X*
    gives each verb its own. Where one of two lists was not read in full, nothing says who goes with whom.
    """
    if any(token.lower in _IN_ORDER for token in parse):
        if len(subjects) == len(objects) > 1:
            return list(zip(_ordered(subjects), _ordered(objects), strict=True))
        verbs = _abreast(trigger, parse)
        if len(verbs) == len(objects) > 1:
            objects = [_ordered(objects)[verbs.index(trigger.i)]]
        elif len(subjects) > 1 and len(objects) > 1:
            return []
    return [(subject, target) for subject in subjects for target in objects]


def _ordered(arguments: list[Argument]) -> list[Argument]:
    return sorted(arguments, key=lambda argument: argument.mention.start)


def _abreast(verb: Token, parse: Parse) -> list[int]:
    """Return the places of a verb and of those that it is in coordination with, which have one subject."""
    first = verb
    while first.dep == "conj" and parse[first.head].tag.startswith("VB"):
        first = parse[first.head]
    found, todo = [first.i], [first]
    while todo:
        for child in parse.children[todo.pop().i]:
            bare = not any(each.dep.startswith("nsubj") for each in parse.children[child.i])
            if child.dep == "conj" and child.tag.startswith("VB") and bare:
                found.append(child.i)
                todo.append(child)
    return sorted(found) if verb.i in found else []


def is_mutual(first: Mention, second: Mention, named: list[Argument]) -> bool:
    """Return whether a pair of one list is related: *between miR-21 and A or B* says nothing of A and B.

    Each pair once, in the order of the text.
    """
    kinds = {each.mention.type == MentionType.MIRNA for each in named}
    crosses = (first.type == MentionType.MIRNA) != (second.type == MentionType.MIRNA)
    return first.start < second.start and (crosses or len(kinds) == 1)
