"""Rule files in, a checked RuleSet out. An error here names file, line and the allowed words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from minex import resources
from minex.errors import PatternError
from minex.model import PREDICATE_SIGNS
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
)
from minex.rules.paths import Alternatives, Named, parse_path
from minex.rules.surface import check_pattern
from minex.rules.yamlfile import Item, Place, build, read, unknown

_ENTRY = re.compile(r"(?P<word>[^\s()]+)(?: \((?P<irregular>[^()]+)\))?(?: (?P<prep>[a-z]+))?")
_MARKS = ("negated", "hedged")
_SECTIONS = {
    "triggers": ("triggers",),
    "frames": ("frames", "links", "references", "head_nouns", "paths"),
    "surface": ("surface",),
    "cues": ("mark", "cues", "manipulations"),
}


def load(folder: Path | None = None) -> RuleSet:
    """Load the shipped rules, or those of another folder laid out in the same way.

    Raises:
        PatternError: for anything that is not exactly right.
    """
    root = folder or resources.find("patterns")
    if not root.is_dir():
        raise PatternError(
            "pattern",
            "there is no such folder of rules",
            where=str(root),
            cure="copy the shipped one and change it",
        )
    files = sorted(root.rglob("*.yaml"))
    for path in (*files, *root.rglob("*.yml")):
        room = path.relative_to(root).parts[0]
        if path.suffix == ".yml" or (room not in _SECTIONS and room != "taxonomy.yaml"):
            allowed = ", ".join(f"{name}/" for name in _SECTIONS)
            raise PatternError(
                "pattern", "no rules are read from here", where=str(path), cure=f"use *.yaml in {allowed}"
            )
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    taxonomy = _taxonomy(_only(root / "taxonomy.yaml"))
    rules = RuleSet(
        taxonomy=taxonomy,
        triggers=_triggers(_items(root, "triggers"), taxonomy),
        named_paths=_named_paths(_only(root / "frames" / "paths.yaml")),
        frames=tuple(_listed(_items(root, "frames"), "frames", Frame)),
        links=tuple(_listed(_items(root, "frames"), "links", Link)),
        references=tuple(_listed(_items(root, "frames"), "references", Reference)),
        surface=tuple(_listed(_items(root, "surface"), "surface", SurfacePattern)),
        cues=tuple(_cues(_items(root, "cues"))),
        manipulations=tuple(
            Manipulation.read(part) for item in _items(root, "cues") for part in _section(item, "manipulations")
        ),
        head_nouns=tuple(_listed(_items(root, "frames"), "head_nouns", HeadNoun)),
        version=digest.hexdigest()[:12],
        origins=tuple(str(path) for path in files),
    )
    _check(rules)
    return rules


def _only(path: Path) -> Item:
    if not path.is_file():
        raise PatternError("pattern", "this file is missing", where=str(path), cure="every rule folder has one")
    return read(path)


def _items(root: Path, folder: str) -> list[Item]:
    items = [read(path) for path in sorted((root / folder).glob("*.yaml"))]
    for item in items:
        for key, value in item.mapping().items():
            if key not in _SECTIONS[folder]:
                raise unknown(value.place, "section", key, _SECTIONS[folder])
    return items


def _section(item: Item, key: str) -> Sequence[Item]:
    mapping = item.mapping()
    return mapping[key].sequence() if key in mapping else ()


def _listed(items: list[Item], key: str, cls: type[Any]) -> Iterator[Any]:
    for item in items:
        for part in _section(item, key):
            yield build(cls, part, place=part.place)


_NEEDS = ("", "change", "change or process")
_TAXONOMY = ("groups", "effects", "opposites", "symmetric", "polarity", "subgroups")


def _taxonomy(item: Item) -> Taxonomy:
    sections = item.mapping()
    for key, value in sections.items():
        if key not in _TAXONOMY:
            raise unknown(value.place, "section", key, _TAXONOMY)
    for key in _TAXONOMY:
        if key not in sections:
            raise item.place.error(f"the section {key!r} is missing")
    groups: dict[str, tuple[str, ...]] = {}
    for name, part in sections["groups"].mapping().items():
        # A group may be made of groups that stand before it.
        groups[name] = tuple(sorted(Taxonomy(groups, {}, {}).types(part.texts(), part.place)))
    effects: dict[str, Effect] = {}
    for name, part in sections["effects"].mapping().items():
        effect = effects[name] = build(Effect, part)
        for predicate in (effect.predicate, effect.expression, effect.activity, effect.process, effect.otherwise):
            if predicate:
                _predicate(predicate, part.place)
        if effect.needs not in _NEEDS:
            raise unknown(part.place, "condition", effect.needs, _NEEDS[1:])
        Taxonomy(groups, {}, {}).types(effect.subject, part.place)
    opposites: dict[str, str] = {}
    for pair in sections["opposites"].sequence():
        words = pair.texts()
        if len(words) != 2:
            raise pair.place.error("opposites come in pairs: [increases, decreases]")
        for word in words:
            _predicate(word, pair.place)
        opposites[words[0]], opposites[words[1]] = words[1], words[0]
    polarity: dict[str, str] = {}
    for name, part in sections["polarity"].mapping().items():
        if name not in effects:
            raise unknown(part.place, "effect", name, effects)
        polarity.update(dict.fromkeys(part.texts(), name))
    symmetric = frozenset(sections["symmetric"].texts())
    for word in symmetric:
        _predicate(word, sections["symmetric"].place)
    return Taxonomy(groups, effects, opposites, polarity, frozenset(sections["subgroups"].texts()), symmetric)


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
    if prep in ("down", "up", "out", "off"):
        raise item.place.error(
            f"{item.text()!r} has a particle, not a preposition", "write it as one word: knockdown"
        )
    return match["word"].lower(), irregular, prep


def _triggers(items: list[Item], taxonomy: Taxonomy) -> Mapping[str, tuple[Trigger, ...]]:
    forms: dict[str, list[Trigger]] = {}
    seen: dict[tuple[str, str, str], Place] = {}
    allowed = ("effect", "verbs", "nouns", "adjectives")
    for item in items:
        for block in _section(item, "triggers"):
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
                    key3 = (word, pos, prep)
                    if key3 in seen:
                        raise part.place.error(f"{part.text()!r} is already a {pos}, see {seen[key3]}")
                    seen[key3] = part.place
                    for form, tags in _forms(pos, word, irregular).items():
                        forms.setdefault(form, []).append(Trigger(word, effect, pos, tags, prep))
    return {form: tuple(triggers) for form, triggers in forms.items()}


def _forms(pos: str, word: str, irregular: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    if pos == "verb":
        return verb_forms(word, irregular)
    if pos == "noun":
        return {form: frozenset({"NN", "NNS", "NNP", "NNPS"}) for form in noun_forms(word, irregular)}
    return {form: frozenset({"JJ", "JJR", "RBR", "RB"}) for form in (word, *irregular)}


def _named_paths(item: Item) -> Mapping[str, Alternatives]:
    paths: dict[str, Alternatives] = {}
    if "paths" not in item.mapping():
        raise item.place.error("the section 'paths' is missing")
    for name, part in item.mapping()["paths"].mapping().items():
        try:
            paths[name] = tuple(parse_path(line.text()) for line in part.sequence())
        except ValueError as error:
            raise part.place.error(str(error)) from error
    return paths


def _cues(items: list[Item]) -> Iterator[Cue]:
    for item in items:
        mapping = item.mapping()
        if "cues" not in mapping:
            continue
        if "mark" not in mapping or mapping["mark"].text() not in _MARKS:
            raise item.place.error("'mark' says what the cues mean", f"allowed: {', '.join(_MARKS)}")
        for part in mapping["cues"].sequence():
            yield build(Cue, part, place=part.place, mark=mapping["mark"].text())


def _check(rules: RuleSet) -> None:
    seen: dict[str, Place] = {}
    effects = rules.taxonomy.effects
    named: list[tuple[str, Place]] = [
        *((each.name, each.place) for each in rules.frames),
        *((each.name, each.place) for each in rules.links),
        *((each.name, each.place) for each in rules.references),
        *((each.name, each.place) for each in rules.surface),
        *((each.name, each.place) for each in rules.cues),
        *((each.name, each.place) for each in rules.head_nouns),
    ]
    for name, place in named:
        if name in seen:
            raise place.error(f"the name {name!r} is taken, see {seen[name]}")
        seen[name] = place
    for frame in rules.frames:
        rules.taxonomy.types(frame.subject_types, frame.place)
        rules.taxonomy.types(frame.object_types, frame.place)
        for effect in (*frame.trigger.effects, *filter(None, [frame.effect])):
            if effect not in effects:
                raise unknown(frame.place, "effect", effect, effects)
        for word in frame.trigger.words:
            if word not in {trigger.lemma for triggers in rules.triggers.values() for trigger in triggers}:
                raise frame.place.error(f"{word!r} is not a trigger word", "add it under triggers/")
    for link in rules.links:
        rules.taxonomy.types((*link.subject_types, *link.object_types), link.place)
        for effect in (link.effect, *link.effects, *link.stronger):
            if effect not in effects:
                raise unknown(link.place, "effect", effect, effects)
    for reference in rules.references:
        rules.taxonomy.types((*reference.types, *reference.rivals), reference.place)
    for pattern in rules.surface:
        if pattern.effect not in effects:
            raise unknown(pattern.place, "effect", pattern.effect, effects)
        check_pattern(pattern, rules.taxonomy)
    for head in rules.head_nouns:
        rules.taxonomy.types(head.types, head.place)
    with_paths: list[tuple[Place, Alternatives]] = [
        *((frame.place, (*frame.subject, *frame.object, *frame.without)) for frame in rules.frames),
        *((cue.place, cue.paths) for cue in rules.cues),
        *((head.place, head.through) for head in rules.head_nouns),
        *((Place(Path("frames/paths.yaml"), 1), paths) for paths in rules.named_paths.values()),
    ]
    for place, alternatives in with_paths:
        for path in alternatives:
            for step in path:
                if isinstance(step, Named) and step.name not in rules.named_paths:
                    raise unknown(place, "path", "$" + step.name, ("$" + name for name in rules.named_paths))
