"""What is wrong with a search term, seen before PubMed is asked: PubMed itself answers a broken term anyhow.

The rules are those of PubMed's User Guide. An *error* is where PubMed cannot do what was written; a *warning*
is where it does something that was perhaps not meant.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minex.pubmed import fields
from minex.pubmed.termdates import date_problems
from minex.pubmed.tokens import TermProblem, Token, tokenize

__all__ = ["TermProblem", "check", "place"]

_TERM = ("word", "phrase")
_FEWEST = 4
"""Characters that PubMed wants before an asterisk."""


def check(term: str) -> tuple[TermProblem, ...]:
    """Return what is wrong with a term in PubMed's syntax, by position; nothing if all is well.

    Examples:
        >>> check("exosom*[tiab] AND hypoxia[mh]")
        ()
        >>> [(problem.position, problem.message) for problem in check("(exosomes[tiabs] AND hypoxia")]
        [(0, 'this bracket is never closed'), (9, 'PubMed has no field [tiabs]')]
    """
    if not term.strip():
        return (TermProblem(0, "there is no term", "write what to search for"),)
    tokens, found = tokenize(term)
    found += _structure(tokens)
    for run, tag in _runs(tokens):
        found += _truncation(run, tag)
        if tag is None:
            found += _small_operators(run)
    for token in tokens:
        found += _odd_signs(token)
    for before, tag in itertools.pairwise([None, *tokens]):
        if tag is not None and tag.kind == "tag":
            found += _tag(tag, before)
    found += date_problems(tokens)
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: (problem.position, problem.level)))


def place(term: str, position: int) -> tuple[int, int]:
    """Return the line of a position and the place in it, both from 0; lines end as in a text file.

    Examples:
        >>> place("cancer AND" + chr(10) + "exosomes", 13)
        (1, 2)
    """
    before = term[:position]
    return before.count("\n"), position - (before.rfind("\n") + 1)


@dataclass(slots=True)
class _Level:
    """What stands between two brackets, or outside all: where it opens, its operators, what came last."""

    opening: Token | None = None
    operators: list[Token] = field(default_factory=list)
    last: Token | None = None
    empty: bool = True


def _structure(tokens: Sequence[Token]) -> list[TermProblem]:
    """Return what is wrong with brackets and operators."""
    found: list[TermProblem] = []
    levels = [_Level()]
    for token in tokens:
        level = levels[-1]
        if token.kind == "close":
            if level.opening is None:
                cure = "delete it, or open it before"
                found.append(TermProblem(token.start, "this bracket was never opened", cure))
                continue
            if level.empty:
                found.append(TermProblem(level.opening.start, "empty brackets", "delete them, or fill them"))
            found += _ended(level)
            levels.pop()
            level = levels[-1]
        elif token.kind in ("operator", "range"):
            found += _operator(token, level)
        elif token.kind != "tag" and level.last is not None and level.last.kind in ("close", "tag"):
            # Nothing stands between two terms: PubMed reads AND.
            level.operators.append(Token("operator", token.start, token.start, "AND"))
        elif token.kind == "open" and level.last is not None and level.last.kind in _TERM:
            if level.last.end == token.start:
                cure = "for a name with brackets, put a space in their place; else put a space before this one"
                found.append(TermProblem(token.start, "a bracket inside a word", cure, "warning"))
            level.operators.append(Token("operator", token.start, token.start, "AND"))
        level.empty = False
        level.last = token
        if token.kind == "open":
            levels.append(_Level(token))
    for level in levels:
        if level.opening is not None:
            cure = "close it behind the last term that belongs to it"
            found.append(TermProblem(level.opening.start, "this bracket is never closed", cure))
        found += _ended(level)
    return found


def _operator(token: Token, level: _Level) -> Iterator[TermProblem]:
    name = "the colon" if token.kind == "range" else token.text.upper()
    if level.last is None:
        where = "the brackets begin" if level.opening else "the term begins"
        cure = f"write what comes before {name}, or delete it"
        if name == "NOT":
            cure = "write what to take it away from; all[sb] is all of PubMed"
        yield TermProblem(token.start, f"{where} with {name}", cure)
    elif level.last.kind in ("operator", "range"):
        before = level.last.text.upper()
        if (before, name) == ("AND", "NOT"):
            yield TermProblem(token.start, "AND before NOT", "NOT alone takes away", "warning")
        else:
            yield TermProblem(token.start, f"{name} follows {before} at once", "keep one of the two")
            return
    if token.kind == "operator":
        level.operators.append(token)


def _ended(level: _Level) -> Iterator[TermProblem]:
    """Yield what can be said of a level when all of it is known."""
    if level.last is not None and level.last.kind in ("operator", "range"):
        name = "the colon" if level.last.kind == "range" else level.last.text.upper()
        where = "the brackets end" if level.opening else "the term ends"
        yield TermProblem(level.last.start, f"{where} with {name}", f"write what comes after {name}, or delete it")
    seen: set[str] = set()
    for operator in level.operators:
        name = operator.text.upper()
        both = name != "NOT" and {"AND", "OR"} <= {name, *seen}
        if both or (name == "OR" and "NOT" in seen):
            mixed = "AND and OR" if both else "NOT and OR"
            message = f"{mixed} without brackets: PubMed goes from left to right"
            cure = "put brackets round what belongs together"
            yield TermProblem(operator.start, message, cure, "warning")
            return
        seen.add(name)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], Token | None]]:
    """Yield each group of words and phrases that stand side by side, with the tag behind it."""
    run: list[Token] = []
    for token in tokens:
        if token.kind in _TERM:
            run.append(token)
        elif run:
            yield run, token if token.kind == "tag" else None
            run = []
    if run:
        yield run, None


def _truncation(run: Sequence[Token], tag: Token | None) -> Iterator[TermProblem]:
    before = 0
    for index, token in enumerate(run):
        if token.kind == "phrase" or tag is None:
            before = 0
        star = token.text.find("*")
        if star >= 0:
            before += sum(map(str.isalnum, token.text[:star]))
            if before < _FEWEST:
                message = f"fewer than {_FEWEST} characters before the asterisk: PubMed drops it"
                cure = "write out the words, with OR between them"
                yield TermProblem(token.start + star, message, cure)
            words = token.text[star:].split(None, 1)
            follows = len(words) > 1 and any(map(str.isalnum, words[1]))
            if follows or (tag is not None and token.kind == "word" and index + 1 < len(run)):
                message = "the asterisk is not at the phrase's last word, where PubMed wants it"
                cure = "truncate the last word, or join two terms with AND"
                yield TermProblem(token.start + star, message, cure, "warning")
        before += sum(map(str.isalnum, token.text))


def _small_operators(run: Sequence[Token]) -> Iterator[TermProblem]:
    """Yield a warning for *or* and *not* among untagged words; *and* there changes nothing."""
    for token in run[1:-1]:
        if token.kind == "word" and token.text.lower() in ("or", "not"):
            yield small_operator(token)


def small_operator(token: Token) -> TermProblem:
    """Return the warning for an operator that is not in capitals."""
    message = f"{token.text!r} in small letters can be read as a word: PubMed asks for capitals"
    return TermProblem(token.start, message, f"write {token.text.upper()}", "warning")


def _odd_signs(token: Token) -> Iterator[TermProblem]:
    if token.kind == "operator" and token.text != token.text.upper():
        yield small_operator(token)
    if token.kind == "word" and re.fullmatch(r"#\d+", token.text):
        cure = "put in the term that it stands for"
        yield TermProblem(token.start, f"{token.text} is a line of a search history, which only you have", cure)
    if token.kind in _TERM:
        for match in re.finditer(r"(?<=\w)[?$]", token.text):
            cure = "use * at the end of a word, or write the spellings with OR between them"
            message = f"{match[0]} stands for nothing in PubMed and is read as a space"
            yield TermProblem(token.start + match.start(), message, cure, "warning")
    if token.kind == "phrase":
        for match in re.finditer(r"(?<!\S)(?:AND|OR|NOT)(?!\S)", token.text[1:-1]):
            message = f"{match[0]} inside quotation marks is a word of the phrase"
            cure = "end the phrase before it and begin another one behind it"
            yield TermProblem(token.start + 1 + match.start(), message, cure, "warning")


def _tag(tag: Token, before: Token | None) -> Iterator[TermProblem]:
    """Yield what is wrong with a tag and with what it stands behind."""
    if before is None or before.kind not in _TERM:
        if before is not None and before.kind == "close":
            message, cure = "a tag belongs to one term, not to brackets", "put it behind every term within"
        else:
            message, cure = "a tag without a term", "put the term before the tag"
        yield TermProblem(tag.start, message, cure)
    written = tag.text[1:-1].strip()
    name, colon, suffix = (part.strip() for part in written.partition(":"))
    if not written:
        yield TermProblem(tag.start, "an empty tag", "write a field such as [tiab], or delete the brackets")
        return
    known = fields.BY_WORD.get(fields.folded(name))
    if known is None:
        yield TermProblem(tag.start, f"PubMed has no field [{name}]", _meant(name))
    elif suffix.startswith("~"):
        yield from _near(tag, known, suffix, before)
    elif suffix.casefold() == "noexp":
        if known.tag not in fields.NARROWER:
            cure = f"write [{known.tag}]; :noexp is for {_list(fields.NARROWER)}"
            yield TermProblem(tag.start, f"[{name}] has nothing below a term to leave out", cure, "warning")
    elif colon:
        cure = f"write [{known.tag}]; :noexp and, for nearness, :~3 may follow"
        yield TermProblem(tag.start, f"[{name}] cannot be followed by {suffix or 'nothing'!r}", cure)


def _near(tag: Token, known: fields.Field, suffix: str, before: Token | None) -> Iterator[TermProblem]:
    if known.tag not in fields.NEAR:
        cure = f"fields for nearness: {_list(fields.NEAR)}"
        yield TermProblem(tag.start, f"words near each other cannot be sought in [{known.tag}]", cure)
    elif not re.fullmatch(r"~\s*[0-9]+", suffix):
        cure = f"write how many words may stand between, such as [{known.tag}:~3]"
        yield TermProblem(tag.start, f"{suffix!r} is not a number of words", cure)
    elif before is not None and (before.kind != "phrase" or len(before.text[1:-1].split()) < 2):
        cure = f'write "two words"{tag.text}'
        yield TermProblem(tag.start, "nearness needs two words or more in quotation marks", cure)
    elif before is not None and "*" in before.text:
        message = "with an asterisk among the words PubMed forgets that they should be near"
        yield TermProblem(before.start + before.text.index("*"), message, "write the words out")


def _meant(name: str) -> str:
    word = fields.folded(name)[:60]
    near = fields.MEANT.get(word)
    for known in difflib.get_close_matches(word, fields.BY_WORD, 1):
        near = near or fields.BY_WORD[known].tag
    everyday = "tiab, ti, mh, majr, nm, pt, au, ta, dp, edat, la, pmid"
    guess = f"did you mean [{near}]? " if near else ""
    return f"{guess}often used: {everyday}"


def _list(tags: frozenset[str]) -> str:
    return ", ".join(f"[{tag}]" for tag in sorted(tags))
