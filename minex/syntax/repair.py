"""Two mistakes that parsers make in abstracts often enough to be mended by rule.

A short clause such as *miR-21 inhibitor increased PTEN levels* is taken for a noun phrase, its verb for a
participle; and *which* as the subject of a clause is left unlabelled. Each mend fires only where the tree
cannot be right: a sentence without a finite verb, a relative pronoun without a role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minex.syntax.parse import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUN = ("NN", "NNS", "NNP", "NNPS")
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def repair(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with both mistakes mended where they occur."""
    return tuple(_label_relatives(_find_verb(list(tokens))))


def _find_verb(tokens: list[Token]) -> list[Token]:
    if len(tokens) < 4 or tokens[-1].lower != "." or any(token.tag in _FINITE for token in tokens):
        return tokens
    for verb in tokens[1:-2]:
        before = tokens[verb.i - 1]
        if (
            verb.tag != "VBN"
            or verb.dep not in ("amod", "acl")
            or before.tag not in _NOUN
            or before.end == verb.start
        ):
            continue
        head = tokens[verb.head]
        if verb.dep == "amod" and head.i > verb.i:
            return _amod_to_verb(tokens, verb, head)
        if verb.dep == "acl" and tokens[verb.i + 1].lower not in ("by", "in", "from", "with", "to", "under"):
            return _acl_to_verb(tokens, verb)
    return tokens


def _root(tokens: Sequence[Token]) -> Token:
    return next(token for token in tokens if token.head == token.i)


def _amod_to_verb(tokens: list[Token], verb: Token, object: Token) -> list[Token]:
    """*Knockdown of X [reduced VEGFA expression]*: the phrase is cut in two at its verb."""
    root = _root(tokens)
    mended = list(tokens)
    for token in tokens:
        if token.i < verb.i and token.head in (verb.i, object.i) and token.i != root.i:
            # What hung on the object from before the verb takes the place that the object had.
            if object.i == root.i:
                mended[token.i] = replace(token, head=verb.i, dep="nsubj")
            else:
                mended[token.i] = replace(token, head=object.head, dep=object.dep)
    mended[object.i] = replace(object, head=verb.i, dep="dobj")
    if root.i not in (verb.i, object.i):
        mended[root.i] = replace(root, head=verb.i, dep="nsubj" if root.i < verb.i else "dep")
    mended[verb.i] = replace(verb, head=verb.i, dep="ROOT", tag="VBD")
    return mended


def _acl_to_verb(tokens: list[Token], verb: Token) -> list[Token]:
    root = _root(tokens)
    if root.i > verb.i:
        return tokens
    mended = list(tokens)
    mended[root.i] = replace(root, head=verb.i, dep="nsubj")
    mended[verb.i] = replace(verb, head=verb.i, dep="ROOT", tag="VBD")
    for token in tokens:
        if token.head == verb.i and token.i > verb.i and token.dep in ("npadvmod", "dep", "oprd", "nmod"):
            mended[token.i] = replace(mended[token.i], dep="dobj")
    return mended


def _label_relatives(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        if token.tag != "WDT" or token.dep not in ("dep", "mark", "det", "advmod"):
            continue
        verb = tokens[token.head]
        has_subject = any(other.head == verb.i and other.dep in _SUBJECTS for other in tokens)
        if verb.i > token.i and verb.tag.startswith("VB") and not has_subject:
            passive = any(other.head == verb.i and other.dep == "auxpass" for other in tokens)
            tokens[token.i] = replace(token, dep="nsubjpass" if passive else "nsubj")
    return tokens
