"""A search term as a tree: what is sought where, and how it is put together.

PubMed reads AND, OR and NOT from left to right without precedence; what stands side by side is joined by AND.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from minex.errors import QueryError
from minex.pubmed import fields
from minex.pubmed.fields import Field
from minex.pubmed.tokens import Token, tokenize

MOST_CHARACTERS = 50_000
MOST_TERMS = 5_000
DEEPEST = 50
"""How long a term, how many searches in it and how deep its brackets may be; more is refused, never cut."""

Operator = Literal["AND", "OR", "NOT"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing sought: its text without quotation marks, the field that holds it, None for all.

    `suffix` is what follows the tag's colon: `noexp`, or `~3` for nearness. `start` is where it begins.
    """

    text: str
    field: Field | None = None
    quoted: bool = False
    suffix: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Everything between two ends in a field."""

    first: str
    last: str
    field: Field | None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by one operator; NOT has two, and takes the second away from the first."""

    operator: Operator
    parts: tuple[Node, ...]
    depth: int = field(default=1, compare=False)


Node: TypeAlias = Leaf | Span | Group


def parse(term: str) -> Node:
    """Return a term's tree.

    What :func:`minex.pubmed.term.check` calls an error is best told by it, before; here it is an error without a
    good position.

    Raises:
        QueryError: if the term has no meaning, or is longer or deeper than what can be asked.

    Examples:
        >>> parse("exosom*[tiab] lung cancer[ti]")
        Group(operator='AND', parts=(Leaf(text='exosom*', field=Field(tag='tiab', name='Title/Abstract', \
others=()), quoted=False, suffix='', start=0), Leaf(text='lung cancer', field=Field(tag='ti', name='Title', \
others=('titl',)), quoted=False, suffix='', start=14)), depth=1)
    """
    if len(term) > MOST_CHARACTERS:
        raise _refused(f"the term has {len(term):,} characters, more than {MOST_CHARACTERS:,}", "ask in parts")
    tokens, problems = tokenize(term)
    for problem in problems:
        raise _broken(problem.message, problem.position, problem.cure)
    return _Parser(tokens).tree()


def shown(node: Node) -> str:
    """Return a tree as a term with all its brackets.

    Examples:
        >>> shown(parse("a OR b[ti] AND 2018:2020[dp]"))
        '((a[all] OR b[ti]) AND 2018:2020[dp])'
    """
    if isinstance(node, Group):
        return f"({f' {node.operator} '.join(shown(part) for part in node.parts)})"
    tag = node.field.tag if node.field else "all"
    if isinstance(node, Span):
        return f"{node.first}:{node.last}[{tag}]"
    text = f'"{node.text}"' if node.quoted else node.text
    return f"{text}[{tag}{':' if node.suffix else ''}{node.suffix}]"


@dataclass(slots=True)
class _Level:
    """What has been read since a bracket opened."""

    tree: Node | None = None
    operator: Operator | None = None


class _Parser:
    """Reads tokens once; brackets are kept on a list, so that no depth of them can exhaust Python's stack."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.terms = 0
        self.levels = [_Level()]

    def tree(self) -> Node:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "open":
                self.levels.append(_Level())
                self.at += 1
            elif token.kind == "close":
                self._close(token)
            elif token.kind == "operator":
                self._operator(token)
            elif token.kind in ("word", "phrase"):
                self._take(self._operand())
            else:
                what = "a tag" if token.kind == "tag" else "a colon"
                raise _broken(f"{what} without a term", token.start, "put the term before it")
        if len(self.levels) > 1:
            raise _broken("a bracket is never closed", 0, "close it")
        return self._whole(self.levels[0], len(self.tokens))

    def _close(self, token: Token) -> None:
        if len(self.levels) == 1:
            raise _broken("this bracket was never opened", token.start, "delete it, or open it before")
        self._take(self._whole(self.levels.pop(), self.at))
        self.at += 1

    def _whole(self, level: _Level, at: int) -> Node:
        if level.tree is None or level.operator is not None:
            place = self.tokens[min(at, len(self.tokens) - 1)].start if self.tokens else 0
            raise _broken("something is missing here", place, "write a term, or delete the operator or brackets")
        return level.tree

    def _operator(self, token: Token) -> None:
        level = self.levels[-1]
        name: Operator = token.text.upper()  # type: ignore[assignment]
        if level.tree is None:
            raise _broken(f"nothing stands before {name}", token.start, "write what comes before it")
        if level.operator is not None and (level.operator, name) != ("AND", "NOT"):
            raise _broken(f"{name} follows {level.operator} at once", token.start, "keep one of the two")
        level.operator = name
        self.at += 1

    def _take(self, node: Node) -> None:
        level = self.levels[-1]
        level.tree = node if level.tree is None else joined(level.operator or "AND", (level.tree, node))
        level.operator = None

    def _operand(self) -> Node:
        """Return what begins here: words that share a tag, a phrase, or the two ends of a range."""
        first = self.tokens[self.at]
        words, field_, suffix = self._words()
        quoted = first.kind == "phrase"
        if self.at < len(self.tokens) and self.tokens[self.at].kind == "range":
            self.at += 1
            if self.at == len(self.tokens) or self.tokens[self.at].kind not in ("word", "phrase"):
                raise _broken("a range without its second end", first.start, "write FIRST:LAST[dp]")
            last, second, suffix = self._words()
            self._counted(first)
            return self._span(" ".join(words), " ".join(last), second or field_, first.start)
        if field_ is not None and field_.tag in fields.DATES and ":" in (text := " ".join(words)):
            self._counted(first)
            begin, _, end = text.partition(":")
            return self._span(begin, end, field_, first.start)
        if field_ is not None or quoted:
            self._counted(first)
            return Leaf(" ".join(words), field_, quoted, suffix, first.start)
        leaves = []
        for word in words:
            self._counted(first)
            leaves.append(Leaf(word, None, False, "", first.start))
        return joined("AND", leaves)

    def _span(self, first: str, last: str, field_: Field | None, start: int) -> Span:
        if field_ is None or field_.tag not in fields.DATES:
            raise _broken("a range is for dates", start, "put the tag of a date behind it, such as [dp]")
        return Span(first.strip(), last.strip(), field_, start)

    def _counted(self, token: Token) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise _refused(f"the term seeks more than {MOST_TERMS:,} things", "ask in parts")

    def _words(self) -> tuple[list[str], Field | None, str]:
        """Return a phrase, or the words up to the next tag, with what the tag says."""
        token = self.tokens[self.at]
        if token.kind == "phrase":
            words = [token.text[1:-1].strip()]
            self.at += 1
        else:
            words = []
            while self.at < len(self.tokens) and self.tokens[self.at].kind == "word":
                words.append(self.tokens[self.at].text)
                self.at += 1
        if self.at == len(self.tokens) or self.tokens[self.at].kind != "tag":
            return words, None, ""
        tag = self.tokens[self.at]
        self.at += 1
        name, _, suffix = (part.strip() for part in tag.text[1:-1].partition(":"))
        known = fields.BY_WORD.get(fields.folded(name))
        if known is None:
            raise _broken(
                f"PubMed has no field [{name[:60]}]", tag.start, "often used: tiab, ti, mh, pt, dp, pmid"
            )
        return words, known, suffix.casefold().replace(" ", "")


def joined(operator: Operator, parts: Sequence[Node]) -> Node:
    """Return parts under one operator; what is under the same AND or OR already lies side by side.

    Raises:
        QueryError: if the tree gets too deep.
    """
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        same = isinstance(part, Group) and part.operator == operator != "NOT"
        flat += part.parts if same and isinstance(part, Group) else [part]
    depth = 1 + max(part.depth if isinstance(part, Group) else 0 for part in flat)
    if depth > DEEPEST:
        raise _refused(f"the term is more than {DEEPEST} levels deep", "ask in parts, or put the ORs side by side")
    return Group(operator, tuple(flat), depth)


def _broken(message: str, position: int, cure: str) -> QueryError:
    return QueryError("query-syntax", f"{message} (character {position + 1})", cure=cure)


def _refused(message: str, cure: str) -> QueryError:
    return QueryError("query-too-large", message, cure=cure)
