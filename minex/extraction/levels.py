"""A level in an illness is one against health: not one compared among the ill, or with another illness."""

from __future__ import annotations

from minex.extraction.descent import Argument
from minex.extraction.words import ILLNESS
from minex.rules.language import Taxonomy
from minex.syntax.parse import Parse, Token

_COMPARES = frozenset({"than", "versus", "vs"})
_FACTORS = frozenset({"MIRNA", "GENE", "LNCRNA"})
_EXPRESSES = frozenset(
    {"expressing", "overexpressing", "lacking", "express", "overexpress", "lack", "carrying", "harboring"}
)
_COURSES = frozenset(
    {
        "recurrence",
        "relapse",
        "metastasis",
        "metastases",
        "resistance",
        "progression",
        "survival",
        "prognosis",
        "outcome",
    }
)
_NEAR = 4
"""Words this far from the name of an illness may make healthy tissue of it: *adjacent non-tumor tissue*."""


def among_patients(illness: Argument, parse: Parse, taxonomy: Taxonomy) -> bool:
    """Return whether a level is compared among the ill: *in metastatic C than in primary C*, *in C than in D*."""
    token = illness.token
    if token is None:
        return False
    head = parse.head(token)
    around = [*parse.children[token.i], *(parse.children[head.i] if head is not None else ())]
    if any(
        each.lower in taxonomy.subgroups and each.dep in ("amod", "compound", "nmod", "acl") for each in around
    ):
        return True
    if any(_told_by_course(parse, each, taxonomy) for each in (token, *((head,) if head is not None else ()))):
        return True
    if any(_told_by_factor(parse, each) for each in (token, *((head,) if head is not None else ()))):
        return True
    compared = next((each.i for each in parse if each.lower in _COMPARES), None)
    return compared is not None and any(
        mention.type in ILLNESS and other.i > compared > token.i and not _is_control(parse, other, taxonomy)
        for other, mention in parse.mentions()
    )


def _told_by_course(parse: Parse, noun: Token, taxonomy: Taxonomy) -> bool:
    """Return whether patients are told apart by how they fare: *with metastasis*, *who were resistant*."""
    for child in parse.children[noun.i]:
        if child.dep == "prep" and child.lower in ("with", "without"):
            for named in parse.children[child.i]:
                process = named.mention is not None and named.mention.type == "PROCESS"
                if named.dep == "pobj" and (process or named.lower in _COURSES):
                    return True
        if child.dep == "relcl" and any(each.lower in taxonomy.subgroups for each in _below(parse, child)):
            return True
    return False


def _told_by_factor(parse: Parse, noun: Token) -> bool:
    """Return whether things are told apart by a factor: *tumors with low miR-21*, *miR-21-high tumors*."""
    if not noun.tag.startswith("NN"):
        return False
    marks: list[Token] = []
    for child in parse.children[noun.i]:
        expresses = child.dep in ("acl", "relcl") and child.lower in _EXPRESSES
        if child.dep == "amod":
            marks += [each for each in parse.children[child.i] if each.dep == "npadvmod"]
        elif expresses or (child.dep == "prep" and child.lower in ("with", "without")):
            marks += _below(parse, child)
    return any(each.mention is not None and each.mention.type in _FACTORS for each in marks)


def _below(parse: Parse, token: Token) -> list[Token]:
    found = list(parse.children[token.i])
    for each in found:
        found.extend(parse.children[each.i])
    return found


def _is_control(parse: Parse, token: Token, taxonomy: Taxonomy) -> bool:
    near = parse.tokens[max(token.i - _NEAR, 0) : token.i + _NEAR]
    return any(each.lower in taxonomy.controls for each in near)
