"""The nouns as Arrow columns and back: typed and nested, so that nothing has to be unpickled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Any, Protocol

import pyarrow as arrow

_ESCAPED = re.compile("[\ud800-\udfff\x10]")
_ESCAPE = re.compile("\x10([0-9a-f]{4})")


def escape(text: str) -> str:
    r"""Return text that UTF-8 can hold: a lone surrogate, and the sign U+0010 itself, as U+0010 and four digits.

    Examples:
        >>> escape("miR-21 \ud83d")
        'miR-21 \x10d83d'
        >>> unescape(escape("\x10 and \ud83d")) == "\x10 and \ud83d"
        True
    """
    if "\x10" not in text and text.isascii():
        return text
    return _ESCAPED.sub(lambda found: f"\x10{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """Return what :func:`escape` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "\x10" in text else text


class Column(Protocol):
    """How values of one kind become an Arrow array and come back."""

    kind: arrow.DataType
    optional: bool

    def build(self, values: Sequence[Any]) -> arrow.Array:
        """Return the array of values."""

    def parse(self, array: arrow.Array) -> list[Any]:
        """Return the values of an array that :meth:`build` made.

        Raises:
            ValueError: if a value is missing or is none that there can be.
        """


class Plain:
    """Numbers and truth values."""

    def __init__(self, type_: arrow.DataType, *, optional: bool = False) -> None:
        self.kind = type_
        self.optional = optional

    def build(self, values: Sequence[Any]) -> arrow.Array:
        return arrow.array(values, self.kind)

    def parse(self, array: arrow.Array) -> list[Any]:
        return list(_whole(self, array).to_pylist())


class Text:
    """Words, in UTF-8; see :func:`escape`."""

    kind = arrow.string()

    def __init__(self, *, optional: bool = False) -> None:
        self.optional = optional

    def build(self, values: Sequence[Any]) -> arrow.Array:
        return arrow.array([None if value is None else escape(str(value)) for value in values], self.kind)

    def parse(self, array: arrow.Array) -> list[Any]:
        found = _whole(self, array).to_pylist()
        return [None if value is None else unescape(value) for value in found]


class Choice:
    """One word of a fixed set."""

    kind = arrow.string()

    def __init__(self, words: type[Enum], *, optional: bool = False) -> None:
        self.optional = optional
        self._words: dict[str | None, Enum | None] = {str(word.value): word for word in words}
        if optional:
            self._words[None] = None
        self._name = words.__name__

    def build(self, values: Sequence[Any]) -> arrow.Array:
        return arrow.array([None if value is None else str(value) for value in values], self.kind)

    def parse(self, array: arrow.Array) -> list[Any]:
        try:
            return [self._words[word] for word in _whole(self, array).to_pylist()]
        except KeyError as error:
            raise ValueError(f"{error} is no {self._name}") from None


class ListOf:
    """Any number of values of one kind; they come back as a tuple."""

    optional = False

    def __init__(self, inner: Column) -> None:
        self.inner = inner
        self.kind = arrow.list_(arrow.field("item", inner.kind))

    def build(self, values: Sequence[Any]) -> arrow.Array:
        offsets = arrow.array([0, *accumulate(map(len, values))], arrow.int32())
        flat = self.inner.build(list(chain.from_iterable(values)))
        return arrow.ListArray.from_arrays(offsets, flat, type=self.kind)

    def parse(self, array: arrow.Array) -> list[Any]:
        offsets = _whole(self, array).offsets.to_pylist()
        if not offsets or offsets[-1] == offsets[0]:
            return [()] * len(array)
        values = self.inner.parse(array.values)
        return [tuple(values[start:end]) for start, end in pairwise(offsets)]


class Struct:
    """A noun: a column for each of its fields, in their order.

    Parameters:
        make: what makes the noun of its fields' values.
        columns: by the field's name, in the order in which `make` takes them.
        get: what gives the fields' values of a noun; default: its attributes.
    """

    def __init__(
        self,
        make: Callable[..., Any],
        columns: Mapping[str, Column],
        *,
        get: Callable[[Any], Iterable[Any]] | None = None,
        optional: bool = False,
    ) -> None:
        self.columns = dict(columns)
        self.optional = optional
        self.fields = [arrow.field(name, column.kind) for name, column in self.columns.items()]
        self.kind = arrow.struct(self.fields)
        self.make = make
        self._get = get or attrgetter(*self.columns)

    def or_none(self) -> Struct:
        """Return the same where there may be none."""
        return Struct(self.make, self.columns, get=self._get, optional=True)

    def build(self, values: Sequence[Any]) -> arrow.Array:
        present = [value for value in values if value is not None]
        taken = list(zip(*map(self._get, present), strict=True)) if present else [()] * len(self.columns)
        built = [column.build(part) for column, part in zip(self.columns.values(), taken, strict=True)]
        array = arrow.StructArray.from_arrays(built, fields=self.fields)
        if len(present) == len(values):
            return array
        numbers = iter(range(len(present)))
        return array.take(arrow.array([None if v is None else next(numbers) for v in values], arrow.int64()))

    def parse(self, array: arrow.Array) -> list[Any]:
        present = _whole(self, array).drop_null() if array.null_count else array
        parts = [column.parse(present.field(n)) for n, column in enumerate(self.columns.values())]
        made = list(map(self.make, *parts))
        if len(made) == len(array):
            return made
        each = iter(made)
        return [next(each) if valid else None for valid in array.is_valid().to_pylist()]


def _whole(column: Column, array: arrow.Array) -> arrow.Array:
    if array.null_count and not column.optional:
        raise ValueError("a value is missing")
    return array
