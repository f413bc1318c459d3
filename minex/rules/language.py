"""The parts of rules, as plain objects: the fields of these classes are the keys that the YAML allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from minex.errors import PatternError
from minex.model import MentionType
from minex.rules.inflect import noun_forms, verb_forms
from minex.rules.paths import Alternatives, parse_path
from minex.rules.precision import Precision
from minex.rules.yamlfile import Item, Place, build, unknown

POS = ("verb", "noun", "adjective")
MANIPULATED = ("allowed", "required", "done", "forbidden")
MEANT = ("only", "subject", "all", "first", "last")
VOICES = ("active", "passive", "participle", "compound")


def alternatives(item: Item) -> Alternatives:
    """Read one path or a list of them."""
    paths = []
    for part in item.sequence():
        try:
            paths.append(parse_path(part.text()))
        except ValueError as error:
            raise part.place.error(str(error)) from error
    return tuple(paths)


def _types(item: Item) -> tuple[str, ...]:
    return item.texts()


def _whole(item: Item) -> int:
    if not isinstance(item.value, int) or isinstance(item.value, bool):
        raise item.place.error(f"a whole number is expected here, not {item.value!r}")
    return item.value


def _words_by_word(item: Item) -> dict[str, str]:
    return {key: value.text() for key, value in item.mapping().items()}


def _probability(item: Item) -> float:
    if not isinstance(item.value, (int, float)) or not 0 < item.value < 1:
        raise item.place.error(f"a number between 0 and 1 is expected here, not {item.value!r}")
    return float(item.value)


def truth(item: Item) -> bool:
    """Read true or false."""
    if not isinstance(item.value, bool):
        raise item.place.error(f"true or false is expected here, not {item.value!r}")
    return item.value


def _manipulated(item: Item) -> str:
    if item.text() not in MANIPULATED:
        raise unknown(item.place, "word", item.text(), MANIPULATED)
    return item.text()


def _meant(item: Item) -> str:
    if item.text() not in MEANT:
        raise unknown(item.place, "word", item.text(), MEANT)
    return item.text()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with all that minex must read from it; `gives: []` is a near miss.

    A statement is written `subject predicate object`, with `not` before it if negated and `maybe` if hedged.
    """

    text: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    gives: tuple[str, ...] = field(metadata={"read": Item.texts})

    @staticmethod
    def read(item: Item) -> tuple[Example, ...]:
        """Read the list of examples of a rule, at least one that fires and one that does not."""
        examples = tuple(build(Example, part, place=part.place) for part in item.sequence())
        for wanted, what in ((True, "one that fires"), (False, "one near miss (gives: [])")):
            if not any(bool(example.gives) is wanted for example in examples):
                raise item.place.error(f"the examples lack {what}")
        return examples


@dataclass(frozen=True, slots=True)
class Trigger:
    """A form of a trigger word: what it means, and the preposition by which it takes its object."""

    lemma: str
    effect: str
    pos: str
    tags: frozenset[str]
    prep: str = ""


@dataclass(frozen=True, slots=True)
class TriggerCondition:
    """Which triggers a frame is about."""

    pos: tuple[str, ...] = field(metadata={"read": Item.texts})
    voice: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    effects: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    words: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})

    @staticmethod
    def read(item: Item) -> TriggerCondition:
        """Read it and check its words."""
        condition = build(TriggerCondition, item)
        for key, allowed in (("pos", POS), ("voice", VOICES)):
            for word in getattr(condition, key):
                if word not in allowed:
                    raise unknown(item.place, key, word, allowed)
        return condition


@dataclass(frozen=True, slots=True)
class Frame:
    """A construction: from a trigger, along paths, to subject and object.

    `without` are paths of which none may reach anything; `manipulated` says whether the subject has to be
    (`required`) or must not be (`forbidden`) a factor that something was done to, or that itself rose or fell;
    `done` asks for the former alone; `mutual` takes the pairs
    within one coordination, each once; `bearers` says whether a condition acts where those that bear it do:
    *hypoxic cells*.
    """

    name: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    priority: int = field(metadata={"read": _whole})
    trigger: TriggerCondition = field(metadata={"read": TriggerCondition.read})
    subject: Alternatives = field(metadata={"read": alternatives})
    object: Alternatives = field(metadata={"read": alternatives})
    examples: tuple[Example, ...] = field(compare=False, metadata={"read": Example.read})
    subject_types: tuple[str, ...] = field(default=("REGULATOR",), metadata={"read": _types})
    object_types: tuple[str, ...] = field(default=("AFFECTED",), metadata={"read": _types})
    effect: str = field(default="", metadata={"read": Item.text})
    without: Alternatives = field(default=(), metadata={"read": alternatives})
    manipulated: str = field(default="allowed", metadata={"read": _manipulated})
    mutual: bool = field(default=False, metadata={"read": truth})
    bearers: bool = field(default=True, metadata={"read": truth})
    confidence: float | None = field(default=None, metadata={"read": _probability})

    @property
    def kind(self) -> str:
        """The class of rules that it is one of."""
        return "compound" if "compound" in self.trigger.voice else self.trigger.pos[0]


@dataclass(frozen=True, slots=True)
class Link:
    """What may join a pair that no construction joins: trigger words on or beside the way through the tree.

    `effects` are those of triggers that count; `beside` are the labels by which a word hangs on the way;
    `barriers` end a clause and are never crossed; `steps` is the length of the longest way. A trigger with one of
    the `stronger` effects is taken before others. The claim says what `says` has for its trigger's effect, else
    `effect`. `given` keeps it to mentions that were given: who gives them wants every pair judged.
    """

    name: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    priority: int = field(metadata={"read": _whole})
    effects: tuple[str, ...] = field(metadata={"read": Item.texts})
    effect: str = field(metadata={"read": Item.text})
    subject_types: tuple[str, ...] = field(metadata={"read": _types})
    object_types: tuple[str, ...] = field(metadata={"read": _types})
    steps: int = field(metadata={"read": _whole})
    examples: tuple[Example, ...] = field(compare=False, metadata={"read": Example.read})
    stronger: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    says: Mapping[str, str] = field(default_factory=dict, metadata={"read": _words_by_word})
    beside: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    barriers: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    given: bool = field(default=False, metadata={"read": truth})
    confidence: float | None = field(default=None, metadata={"read": _probability})

    kind: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for a thing named before: *it*, *its*, *this miRNA*, *both miRNAs*.

    `words` are those words, or the nouns that `determiners` make refer; `labels` are where in the tree they may
    stand. `to` says which thing of the `types` is meant: the `only` one that is named before it, in its own
    sentence or, unless `own`, else in the one before; the `subject` of the sentence before; `all`, the `first` or
    the `last` of several. A thing of the types `rivals` may be meant too, and so makes it unclear.
    """

    name: str = field(metadata={"read": Item.text})
    place: Place
    words: tuple[str, ...] = field(metadata={"read": Item.texts})
    types: tuple[str, ...] = field(metadata={"read": _types})
    to: str = field(metadata={"read": _meant})
    examples: tuple[Example, ...] = field(metadata={"read": Example.read})
    determiners: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    labels: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    rivals: tuple[str, ...] = field(default=(), metadata={"read": _types})
    own: bool = field(default=False, metadata={"read": truth})


@dataclass(frozen=True, slots=True)
class SurfacePattern:
    """A word-level idiom: literal words and mention slots, such as `<REGULATOR subject>/<FACTOR object> axis`."""

    name: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    priority: int = field(metadata={"read": _whole})
    pattern: str = field(metadata={"read": Item.text})
    effect: str = field(metadata={"read": Item.text})
    examples: tuple[Example, ...] = field(compare=False, metadata={"read": Example.read})
    hedged: bool = field(default=False, metadata={"read": truth})
    confidence: float | None = field(default=None, metadata={"read": _probability})

    kind: ClassVar[str] = "surface"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that mark a claim as negated or hedged, and where they stand as seen from the trigger."""

    name: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    mark: str
    paths: Alternatives = field(metadata={"read": alternatives})
    examples: tuple[Example, ...] = field(compare=False, metadata={"read": Example.read})
    words: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    verbs: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    forms: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        if not self.words and not self.verbs:
            raise self.place.error("a cue needs words or verbs")
        forms = set(self.words)
        for verb in self.verbs:
            forms.update(verb_forms(verb))
        object.__setattr__(self, "forms", frozenset(forms))


@dataclass(frozen=True, slots=True)
class Manipulation:
    """Something done to a factor: its label in the evidence and whether it raises (+1) or lowers (-1) it."""

    label: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    sign: int = field(metadata={"read": _whole})
    nouns: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    adjectives: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    prefixes: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})

    @staticmethod
    def read(item: Item) -> Manipulation:
        """Read it and check its sign."""
        manipulation = build(Manipulation, item, place=item.place)
        if manipulation.sign not in (-1, 1):
            raise item.place.error(f"sign is 1 or -1, not {manipulation.sign}")
        return manipulation


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """Nouns that stand for the thing they are said of: *expression of PTEN* is about PTEN."""

    name: str = field(metadata={"read": Item.text})
    place: Place = field(compare=False)
    nouns: tuple[str, ...] = field(metadata={"read": Item.texts})
    through: Alternatives = field(metadata={"read": alternatives})
    types: tuple[str, ...] = field(default=(), metadata={"read": _types})
    forms: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "forms", frozenset(form for noun in self.nouns for form in noun_forms(noun)))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a class of triggers says, as predicates: plainly, of expression, of activity, of a process or disease.

    `needs` names what must hold: `change`, that the object itself says up or down (*caused a decrease in X*);
    `change or process`, that it does so or is a process (*led to apoptosis*).
    """

    predicate: str = field(metadata={"read": Item.text})
    expression: str = field(default="", metadata={"read": Item.text})
    activity: str = field(default="", metadata={"read": Item.text})
    process: str = field(default="", metadata={"read": Item.text})
    needs: str = field(default="", metadata={"read": Item.text})
    subject: tuple[str, ...] = field(default=(), metadata={"read": _types})
    otherwise: str = field(default="", metadata={"read": Item.text})
    direct: bool = field(default=False, metadata={"read": truth})
    correlation: int = field(default=0, metadata={"read": _whole})


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Groups of mention types, effects, and which predicate is another's opposite.

    `polarity` gives, for words such as *negatively*, the effect of a trigger beside them that has no sign;
    `symmetric` are predicates without a direction; `subgroups` are words that make of a cancer's patients a part,
    `controls` those that make healthy tissue of a tumor's; `undoing` are verbs that say up, and of a change its
    opposite (*rescued the inhibition of X*).
    """

    groups: Mapping[str, tuple[str, ...]]
    effects: Mapping[str, Effect]
    opposites: Mapping[str, str]
    polarity: Mapping[str, str] = field(default_factory=dict)
    subgroups: frozenset[str] = frozenset()
    controls: frozenset[str] = frozenset()
    undoing: frozenset[str] = frozenset()
    symmetric: frozenset[str] = frozenset()

    def types(self, names: tuple[str, ...], place: Place | None = None) -> frozenset[str]:
        """Return the mention types that group and type names stand for.

        Raises:
            PatternError: for a name that is neither.
        """
        found: set[str] = set()
        for name in names:
            if name in self.groups:
                found.update(self.groups[name])
            elif name in MentionType.__members__:
                found.add(name)
            else:
                allowed = [*self.groups, *MentionType.__members__]
                if place is None:
                    raise PatternError("pattern", f"unknown type {name!r}", cure=f"allowed: {', '.join(allowed)}")
                raise unknown(place, "type", name, allowed)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, loaded and cross-checked; `version` changes with their text.

    `own` are the rules that a user's folder has and the shipped one has not, or otherwise, `own_parts` its words,
    paths and other parts; `replaced` says in words what the folder replaces. `shipped` is false where it
    stands alone.
    """

    taxonomy: Taxonomy
    triggers: Mapping[str, tuple[Trigger, ...]]
    named_paths: Mapping[str, Alternatives]
    frames: tuple[Frame, ...]
    links: tuple[Link, ...]
    surface: tuple[SurfacePattern, ...]
    cues: tuple[Cue, ...]
    manipulations: tuple[Manipulation, ...]
    head_nouns: tuple[HeadNoun, ...]
    version: str
    precision: Precision = field(default_factory=Precision)
    origins: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    own: frozenset[str] = frozenset()
    own_parts: frozenset[str] = frozenset()
    replaced: tuple[str, ...] = ()
    shipped: bool = True

    @property
    def readers(self) -> tuple[Frame | SurfacePattern | Link, ...]:
        """The rules that read statements."""
        return (*self.frames, *self.surface, *self.links)

    def executed_examples(self) -> list[tuple[str, Example]]:
        """Return every example with the name of its rule."""
        rules: tuple[Frame | Link | Reference | SurfacePattern | Cue, ...] = (
            *self.readers,
            *self.references,
            *self.cues,
        )
        return [(rule.name, example) for rule in rules for example in rule.examples]
