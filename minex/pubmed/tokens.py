"""A search term cut into brackets, operators, words, phrases and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["open", "close", "operator", "range", "word", "phrase", "tag"]


@dataclass(frozen=True, slots=True)
class TermProblem:
    """Something wrong with a term: the character it begins at, what it is, what to do, and how bad it is."""

    position: int
    message: str
    cure: str
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a term: `text` is `term[start:end]` with marks and brackets, or the operator that it means."""

    kind: Kind
    start: int
    end: int
    text: str


_CURLY = "“”„‟«»〝〞＂"
_NEXT = re.compile(
    rf"""(?P<space>\s+) | (?P<open>\() | (?P<close>\)) | (?P<tag>\[[^\[\]]*\]) | (?P<square>[\[\]])
    | (?P<phrase>"[^"]*") | (?P<quote>") | (?P<curled>[{_CURLY}][^{_CURLY}"]*[{_CURLY}]) | (?P<curly>[{_CURLY}])
    | (?P<word>[^\s()\[\]"{_CURLY}]+)""",
    re.VERBOSE,
)
_BEYOND_A_PHRASE = re.compile(r"[\[\]()]|(?<!\S)(?:AND|OR|NOT)(?!\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def tokenize(term: str) -> tuple[list[Token], list[TermProblem]]:
    """Return a term's tokens in order, and what could not be made a token.

    Examples:
        >>> tokens, problems = tokenize('"lung cancer"[tiab] OR NSCLC')
        >>> [token.kind for token in tokens], problems
        (['phrase', 'tag', 'operator', 'word'], [])
    """
    tokens: list[Token] = []
    cure = "retype it; copying from a document can bring such characters along"
    problems = [
        TermProblem(match.start(), "a character that is no text", cure) for match in _CONTROL.finditer(term)
    ]
    odd = term.count('"') % 2 == 1
    position = 0
    while match := _NEXT.match(term, position):
        kind, text, start = match.lastgroup, match[0], match.start()
        position = match.end()
        if kind == "phrase" and odd and _BEYOND_A_PHRASE.search(text):
            # One quotation mark is missing, and what this one holds together is more than a phrase.
            kind, text, position = "quote", text[0], start + 1
        if kind == "quote":
            odd = False
            message = "this quotation mark has no partner"
            problems.append(TermProblem(start, message, "close the phrase, or delete the mark"))
        elif kind == "square":
            what, cure = ("closed", "] is missing") if text == "[" else ("opened", "[ is missing")
            problems.append(TermProblem(start, f"this square bracket is never {what}", f"{cure}, or delete it"))
        elif kind in ("curled", "curly"):
            problems.append(TermProblem(start, "a curly quotation mark", 'use straight ones: "'))
            if kind == "curled":
                tokens.append(Token("phrase", start, position, text))
        elif kind == "word":
            tokens += _words(text, start)
        elif kind in ("open", "close", "tag", "phrase"):
            tokens.append(Token(kind, start, position, text))  # type: ignore[arg-type]
    return list(_operators_told(tokens)), problems


def _words(text: str, start: int) -> Iterator[Token]:
    """Yield a word, with colons at its ends as ranges of their own: `"2020"[dp]:"2021"[dp]`."""
    end = start + len(text)
    if text.startswith(":"):
        yield Token("range", start, start + 1, ":")
        text, start = text[1:], start + 1
    colon = len(text) > 1 and text.endswith(":")
    if colon:
        text = text[:-1]
    if text:
        yield Token("operator" if text in _OPERATORS else "word", start, start + len(text), text)
    if colon:
        yield Token("range", end - 1, end, ":")


def _operators_told(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens, with operators that are written in another way or in small letters as operators.

    A small *and* is one where something before or behind it has an end of its own: a tag, a bracket, a
    quotation mark. Among bare words it may belong to a name (*wit and humor*).
    """
    for index, token in enumerate(tokens):
        before = tokens[index - 1].kind if index else None
        behind = tokens[index + 1].kind if index + 1 < len(tokens) else None
        apart = before in ("tag", "close", "phrase") or behind in ("open", "phrase")
        if token.kind != "word":
            yield token
        elif token.text == "|" or (token.text == "&" and apart):
            yield replace(token, kind="operator", text="OR" if token.text == "|" else "AND")
        elif token.text.upper() in _OPERATORS and apart:
            yield replace(token, kind="operator")
        else:
            yield token
