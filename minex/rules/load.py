"""Rule files in, a checked RuleSet out. An error here names file, line and the allowed words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from minex import resources
from minex.model import PREDICATE_SIGNS
from minex.rules.checks import check, check_paths
from minex.rules.folder import COUNTED, TAXONOMY, Folder, Stack
from minex.rules.inflect import noun_forms, verb_forms
from minex.rules.language import (
    Cue,
    Effect,
    Frame,
    HeadNoun,
    Link,
    Manipulation,
    Reference,
    RuleSet,
    SurfacePattern,
    Taxonomy,
    Trigger,
    alternatives,
)
from minex.rules.paths import Alternatives, dearest
from minex.rules.precision import read_precision
from minex.rules.yamlfile import Item, Place, build, unknown

T = TypeVar("T")

_ENTRY = re.compile(r"(?P<word>[^\s()]+)(?: \((?P<irregular>[^()]+)\))?(?: (?P<prep>[a-z]+))?")
_MARKS = ("negated", "hedged")


def load(folder: Path | None = None) -> RuleSet:
    """Load the shipped rules, with those of a user's own folder on top.

    A rule, word, path or group of the folder replaces the shipped one of its name; everything else adds. With
    `only: true` in the folder's `patterns.yaml` it stands alone, and has to be complete.

    Raises:
        PatternError: for anything that is not exactly right.
    """
    stack = _stack(folder)
    taxonomy = _taxonomy(stack)
    named = stack.merged("rule", map(_rules, stack.folders))
    _leave_out(stack, named)
    manipulations = stack.merged("manipulation", map(_manipulations, stack.folders))

    def of(cls: type[T]) -> tuple[T, ...]:
        return tuple(rule for rule in named.values() if isinstance(rule, cls))

    rules = RuleSet(
        taxonomy=taxonomy,
        triggers=_triggers(stack, taxonomy),
        named_paths=_named_paths(stack),
        frames=of(Frame),
        links=of(Link),
        references=of(Reference),
        surface=of(SurfacePattern),
        cues=of(Cue),
        manipulations=tuple(manipulations.values()),
        head_nouns=of(HeadNoun),
        version=stack.version(),
        precision=read_precision(stack.base.root / COUNTED),
        origins=tuple(str(path) for each in stack.folders for path in each.files),
        own=frozenset(stack.own.get("rule", ())),
        own_parts=frozenset(name for what, names in stack.own.items() if what != "rule" for name in names),
        replaced=tuple(stack.replaced),
        shipped=stack.shipped,
    )
    check(rules)
    known = rules.precision.laid_over(rules.readers, rules.own, shipped=stack.shipped)
    return replace(rules, precision=known)


def _stack(folder: Path | None) -> Stack:
    shipped = _shipped(resources.find("patterns"))
    if folder is None:
        return Stack((shipped,))
    own = Folder(folder)
    if own.settings.only and own.settings.without:
        raise own.settings.place.error("'without' leaves out shipped rules, and 'only' all", "keep one of them")
    return Stack((own,), shipped=False) if own.settings.only else Stack((shipped, own))


@cache
def _shipped(root: Path) -> Folder:
    """The shipped folder, whose files need no second look."""
    return Folder(root)


_KINDS: tuple[tuple[str, str, type[Any]], ...] = (
    ("frames", "frames", Frame),
    ("frames", "links", Link),
    ("frames", "references", Reference),
    ("surface", "surface", SurfacePattern),
    ("frames", "head_nouns", HeadNoun),
)


def _rules(folder: Folder) -> Iterator[tuple[str, Place, Any]]:
    for room, key, cls in _KINDS:
        for part in folder.section(room, key):
            rule = build(cls, part, place=part.place)
            yield rule.name, rule.place, rule
    for cue in _cues(folder.room("cues")):
        yield cue.name, cue.place, cue


def _manipulations(folder: Folder) -> Iterator[tuple[str, Place, Manipulation]]:
    for part in folder.section("cues", "manipulations"):
        manipulation = Manipulation.read(part)
        yield manipulation.label, manipulation.place, manipulation


def _leave_out(stack: Stack, named: dict[str, Any]) -> None:
    own = stack.own.get("rule", set())
    for settings in (each.settings for each in stack.folders[1:]):
        for name in settings.without:
            if name not in named or name in own:
                raise unknown(settings.place, "shipped rule", name, set(named) - own)
            del named[name]
            stack.replaced.append(f"rule {name} is left out ({settings.place})")


_NEEDS = ("", "change", "change or process")
_TAXONOMY = ("groups", "effects", "opposites", "symmetric", "polarity", "subgroups", "controls", "undoing")


def _taxonomy(stack: Stack) -> Taxonomy:
    layers: list[Mapping[str, Item]] = []
    for folder in stack.folders:
        item = folder.single(TAXONOMY)
        place = Place(folder.root / TAXONOMY, 1)
        if item is None and folder is stack.base:
            raise place.error("this file is missing", "a folder used alone has one")
        sections = item.mapping() if item is not None else {}
        for key, value in sections.items():
            if key not in _TAXONOMY:
                raise unknown(value.place, "section", key, _TAXONOMY)
        for key in _TAXONOMY if folder is stack.base else ():
            if key not in sections:
                raise place.error(f"the section {key!r} is missing")
        layers.append(sections)

    def entries(key: str) -> Iterator[Item]:
        return (part for sections in layers if key in sections for part in sections[key].sequence())

    groups: dict[str, tuple[str, ...]] = {}
    for name, given in _members(stack, "group", layers, "groups").items():
        # A group may be made of groups that stand before it.
        groups[name] = tuple(sorted(Taxonomy(groups, {}, {}).types(given.value.texts(), given.value.place)))
    effects: dict[str, Effect] = {}
    for name, given in _members(stack, "effect", layers, "effects").items():
        part = given.value
        effect = effects[name] = build(Effect, part)
        for predicate in (effect.predicate, effect.expression, effect.activity, effect.process, effect.otherwise):
            if predicate:
                _predicate(predicate, part.place)
        if effect.needs not in _NEEDS:
            raise unknown(part.place, "condition", effect.needs, _NEEDS[1:])
        Taxonomy(groups, {}, {}).types(effect.subject, part.place)
    opposites: dict[str, str] = {}
    for pair in entries("opposites"):
        words = pair.texts()
        if len(words) != 2:
            raise pair.place.error("opposites come in pairs: [increases, decreases]")
        for word in words:
            _predicate(word, pair.place)
        opposites[words[0]], opposites[words[1]] = words[1], words[0]
    polarity: dict[str, str] = {}
    for sections in layers:
        for name, part in sections["polarity"].mapping().items() if "polarity" in sections else ():
            if name not in effects:
                raise unknown(part.place, "effect", name, effects)
            polarity.update(dict.fromkeys(part.texts(), name))
    symmetric = list(entries("symmetric"))
    for each in symmetric:
        _predicate(each.text(), each.place)
    return Taxonomy(
        groups,
        effects,
        opposites,
        polarity,
        subgroups=frozenset(each.text() for each in entries("subgroups")),
        undoing=frozenset(each.text() for each in entries("undoing")),
        controls=frozenset(each.text() for each in entries("controls")),
        symmetric=frozenset(each.text() for each in symmetric),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """A part of a file that is the same as another where it says the same, wherever that stands."""

    plain: object
    value: Item = field(compare=False)


def _members(stack: Stack, what: str, layers: Iterable[Mapping[str, Item]], key: str) -> dict[str, _Given]:
    return stack.merged(
        what,
        (
            (
                (name, part.place, _Given(part.plain(), part))
                for name, part in (sections[key].mapping().items() if key in sections else ())
            )
            for sections in layers
        ),
    )


def _predicate(word: str, place: Place) -> None:
    if word not in PREDICATE_SIGNS:
        raise unknown(place, "predicate", word, PREDICATE_SIGNS)


def _entry(item: Item) -> tuple[str, tuple[str, ...], str]:
    match = _ENTRY.fullmatch(item.text())
    if match is None:
        raise item.place.error(
            f"{item.text()!r} is not a trigger entry",
            "write: rise, rise (rose, risen), lead (led) to, bind (bound) to",
        )
    irregular = tuple(word.strip() for word in (match["irregular"] or "").split(",") if word.strip())
    prep = match["prep"] or ""
    if prep in ("down", "up", "out"):
        raise item.place.error(
            f"{item.text()!r} has a particle, not a preposition", "write it as one word: knockdown"
        )
    return match["word"].lower(), irregular, prep


def _triggers(stack: Stack, taxonomy: Taxonomy) -> Mapping[str, tuple[Trigger, ...]]:
    entries = stack.merged(
        "word", (_entries(each, taxonomy) for each in stack.folders), taken="{!r} is already there"
    )
    forms: dict[str, list[Trigger]] = {}
    for word, pos, prep, effect, irregular in entries.values():
        for form, tags in _forms(pos, word, irregular).items():
            forms.setdefault(form, []).append(Trigger(word, effect, pos, tags, prep))
    return {form: tuple(triggers) for form, triggers in forms.items()}


_Entry = tuple[str, str, str, str, tuple[str, ...]]


def _entries(folder: Folder, taxonomy: Taxonomy) -> Iterator[tuple[str, Place, _Entry]]:
    allowed = ("effect", "verbs", "nouns", "adjectives")
    for block in folder.section("triggers", "triggers"):
        mapping = block.mapping()
        for key, value in mapping.items():
            if key not in allowed:
                raise unknown(value.place, "key", key, allowed)
        if "effect" not in mapping:
            raise block.place.error("'effect' is missing", f"allowed: {', '.join(taxonomy.effects)}")
        effect = mapping["effect"].text()
        if effect not in taxonomy.effects:
            raise unknown(mapping["effect"].place, "effect", effect, taxonomy.effects)
        for pos in ("verb", "noun", "adjective"):
            for part in mapping[pos + "s"].sequence() if pos + "s" in mapping else ():
                word, irregular, prep = _entry(part)
                name = f"{word} {prep} ({pos})" if prep else f"{word} ({pos})"
                yield name, part.place, (word, pos, prep, effect, irregular)


def _forms(pos: str, word: str, irregular: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    if pos == "verb":
        return verb_forms(word, irregular)
    if pos == "noun":
        return {form: frozenset({"NN", "NNS", "NNP", "NNPS"}) for form in noun_forms(word, irregular)}
    return {form: frozenset({"JJ", "JJR", "RBR", "RB"}) for form in (word, *irregular)}


def _named_paths(stack: Stack) -> Mapping[str, Alternatives]:
    base = stack.base.root / "frames" / "paths.yaml"
    if not any("paths" in item.mapping() for item in stack.base.room("frames")):
        raise Place(base, 1).error("the section 'paths' is missing", "a folder used alone has one")

    def of(folder: Folder) -> Iterator[tuple[str, Place, _Given]]:
        for item in folder.room("frames"):
            for name, part in item.mapping()["paths"].mapping().items() if "paths" in item.mapping() else ():
                yield name, part.place, _Given(alternatives(part), part)

    given = stack.merged("path", map(of, stack.folders))
    named = {name: alternatives(each.value) for name, each in given.items()}
    steps = dearest(named)
    for name, paths in named.items():
        check_paths(paths, steps, given[name].value.place)
    return named


def _cues(items: Iterable[Item]) -> Iterator[Cue]:
    for item in items:
        mapping = item.mapping()
        if "cues" not in mapping:
            continue
        if "mark" not in mapping or mapping["mark"].text() not in _MARKS:
            raise item.place.error("'mark' says what the cues mean", f"allowed: {', '.join(_MARKS)}")
        for part in mapping["cues"].sequence():
            yield build(Cue, part, place=part.place, mark=mapping["mark"].text())
