"""The annotators' working format (section 6 of gold/GUIDELINES.md): one pass over a document, without its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.gold.records import TYPES
from minex.model import CONTEXT_SLOTS, PREDICATE_SIGNS, Origin

SUBJECTS = frozenset({"MIRNA", "GENE", "LNCRNA", "CONDITION", "VESICLE", "CHEMICAL"})
OBJECTS = frozenset({"MIRNA", "GENE", "LNCRNA", "VESICLE", "PROCESS", "CANCER", "DISEASE"})
MARKS = {
    "direct": "direct",
    "neg": "negated",
    "hedge": "hedged",
    "inferred": "inferred",
    "conflict": "source_conflict",
}
LISTS = {"manip": "manipulation", "method": "method"}
_VALUES = {"corr": frozenset({"-1", "1"}), "from": frozenset(origin.value for origin in Origin)}
_FIELDS = frozenset({"corr", "from", "reason", *LISTS, *CONTEXT_SLOTS})


@dataclass
class Mention:
    """A mention of the working format; `start` is its offset where the unit's text is at hand."""

    type: str
    surface: str
    name: str
    number: int
    start: int | None = None


@dataclass
class Said:
    """A statement of the working format: sides are mentions, or names that the unit does not mention."""

    subject: Mention | str
    predicate: str
    object: Mention | str
    marks: frozenset[str]
    fields: dict[str, list[str]]

    @property
    def names(self) -> tuple[str, str]:
        one, two = (side if isinstance(side, str) else side.name for side in (self.subject, self.object))
        return one, two


@dataclass
class Annotation:
    """What a pass says of one unit; `text`, `of`, `header`, `cells` and `caption` are a restatement's."""

    mentions: list[Mention] = field(default_factory=list)
    statements: list[Said] = field(default_factory=list)
    of: list[str] = field(default_factory=list)
    text: str = ""
    header: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    caption: str = ""


def read_text(path: Path) -> str:
    """Return the text of one of the annotators' files.

    Raises:
        InputError: if it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError("unreadable", f"the file cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("encoding", f"the file is not UTF-8 ({error})", where=str(path)) from error


class Reader:
    """Reads a pass; what is wrong is kept with its line, and the rest goes on."""

    def __init__(self, path: Path, texts: dict[str, str] | None = None) -> None:
        self.path, self.texts = path, texts
        self.units: dict[str, Annotation] = {}
        self.errors: list[str] = []
        self._here: Annotation | None = None
        self._text: str | None = None
        self._taken: list[tuple[int, int]] = []
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            if line.strip() and not line.startswith("#"):
                try:
                    self._line(line.strip())
                except ValueError as error:
                    self.errors.append(f"{path}:{number}: {error}")

    def _line(self, line: str) -> None:
        kind, _, rest = line.partition(" ")
        if kind == "@":
            self._unit(rest.split())
        elif self._here is None:
            raise ValueError("this line belongs to no unit")
        elif kind == "M":
            self._mention(self._here, [part.strip() for part in rest.split(" | ")])
        elif kind == "S":
            self._statement(self._here, [part.strip() for part in rest.split(" | ")])
        elif kind in ("T", "H", "C", "P"):
            self._restated(self._here, kind, rest.strip())
        else:
            raise ValueError("lines begin with @, M, S, T, H, C, P or #")

    def _unit(self, words: list[str]) -> None:
        # What follows an `@` that is wrong belongs to no other unit: it is read, and thrown away.
        self._here, self._taken, self._text = Annotation(of=words[1:]), [], None
        if not words or words[0] in self.units:
            raise ValueError("a unit needs a name of its own")
        if self.texts is not None and not words[1:]:
            if words[0] not in self.texts:
                raise ValueError(f"there is no unit {words[0]}")
            self._text = self.texts[words[0]]
        self.units[words[0]] = self._here

    def _restated(self, here: Annotation, kind: str, value: str) -> None:
        parts = [part.strip() for part in value.split(" | ")]
        if kind == "H":
            here.header = parts
        elif kind == "P":
            here.caption = value
        else:
            here.cells = parts if kind == "C" else []
            here.text = self._text = " | ".join(parts) if kind == "C" else value

    def _mention(self, here: Annotation, parts: list[str]) -> None:
        if len(parts) != 3 or parts[0] not in TYPES or not all(parts):
            raise ValueError("a mention is: M TYPE | surface | name")
        if here.of and self._text is None:
            raise ValueError("the text of a restatement stands before its mentions")
        kind, surface, name = parts
        surface, _, nth = surface.partition("@@")
        if nth and not (nth.isascii() and nth.isdigit() and int(nth)):
            raise ValueError(f"{nth!r} is no number of a place")
        start = None if self._text is None else self._place(self._text, surface, int(nth) if nth else None)
        number = 1 + sum(each.surface == surface for each in here.mentions)
        here.mentions.append(Mention(kind, surface, name, number, start))

    def _place(self, text: str, surface: str, nth: int | None) -> int:
        """Return the first free place of a surface, or its n-th place in the unit."""
        places = [at for at in range(len(text)) if text.startswith(surface, at)]
        if nth is not None:
            places = places[nth - 1 : nth]
        free = [at for at in places if not any(s < at + len(surface) and at < e for s, e in self._taken)]
        if not free:
            raise ValueError(f"{surface!r} is not in the unit (any more)")
        at = free[0]
        self._taken.append((at, at + len(surface)))
        return at

    def _statement(self, here: Annotation, parts: list[str]) -> None:
        said = re.fullmatch(r"(.+?) -> (\w+) -> (.+)", parts[0])
        if said is None or said[2] not in PREDICATE_SIGNS:
            raise ValueError("a statement is: S subject -> predicate -> object")
        marks = {part for part in parts[1:] if part in MARKS}
        fields = {
            key: [each.strip() for each in value.split(";")]
            for key, _, value in (part.partition("=") for part in parts[1:] if part not in MARKS)
        }
        if strange := set(fields) - _FIELDS:
            raise ValueError(f"unknown: {', '.join(sorted(strange))}")
        if empty := [key for key, values in fields.items() if not all(values)]:
            raise ValueError(f"nothing is given for: {', '.join(sorted(empty))}")
        for key, allowed in _VALUES.items():
            if strange := set(fields.get(key, ())) - allowed:
                raise ValueError(f"{key}={';'.join(sorted(strange))}; allowed: {', '.join(sorted(allowed))}")
        for one in said[1].split(";"):
            for two in said[3].split(";"):
                subject, object = self._side(here, one.strip(), SUBJECTS), self._side(here, two.strip(), OBJECTS)
                here.statements.append(Said(subject, said[2], object, frozenset(marks), fields))

    def _side(self, here: Annotation, side: str, allowed: frozenset[str]) -> Mention | str:
        if side.startswith("@") and side[1:]:
            return side[1:]
        surface, number = side, "1"
        if (numbered := re.fullmatch(r"(.+)#(\d+)", side)) is not None:
            surface, number = numbered[1], numbered[2]
        for mention in here.mentions:
            if mention.surface == surface and mention.number == int(number):
                if mention.type not in allowed:
                    raise ValueError(f"{side!r} is a {mention.type}, which cannot stand here")
                return mention
        raise ValueError(f"{side!r} is no mention of the unit")
