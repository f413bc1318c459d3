"""One claim from a match and two arguments: its predicate, its sign, what was done to get there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import chain

from minex.extraction.arguments import ArgumentResolver
from minex.extraction.assertion import AssertionReader, correlation_of
from minex.extraction.descent import Argument
from minex.extraction.levels import among_patients
from minex.extraction.reference import apart
from minex.extraction.respectively import is_mutual, pairs
from minex.extraction.words import ILLNESS
from minex.model import PREDICATE_SIGNS, Mention, MentionType, Span
from minex.rules.language import Effect, Taxonomy
from minex.rules.match import Match, Matcher, Miss
from minex.rules.surface import MaskedText, SurfaceMatch
from minex.syntax.parse import Parse, Referent, Token

MAX_PAIRS = 400
MOST_MUTUAL = 3
"""*the association between A, B, C, D and survival*: a longer list is not said to be associated within itself."""
MAX_SURFACE = 10_000
"""No sentence is so long, and what a pattern can cost grows with the length."""

_PROCESS_TYPES = ILLNESS | {MentionType.PROCESS.value}
_BOUND = frozenset({MentionType.GENE.value, MentionType.LNCRNA.value})
"""What a miRNA binds is its target."""
_PRONOUNS = frozenset({"it", "its"})
_AS_OBJECT = "it_as_object"

_EXPRESSION = frozenset({"expression", "utr"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What one rule reads of one pair: evidence before its context is known and rivals are settled.

    `references` are the rules by which words stand for arguments, `stand_ins` those words. `steps` is how far
    below the ends of the rule's paths its two mentions stand; `listed` how many pairs the same words gave at
    once; `mended` whether the tree had to be mended. `sure` is set where weights read it and no rule: how
    likely it is; `likely` is what weights say of what a rule has read.
    """

    subject: Mention
    predicate: str
    object: Mention
    rule: str
    priority: int
    trigger: Span
    direct: bool = False
    negated: bool = False
    hedged: bool = False
    correlation: int | None = None
    manipulation: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    stand_ins: tuple[Span, ...] = ()
    steps: int = 0
    listed: int = 1
    mended: bool = False
    sure: float | None = None
    likely: float | None = None

    @property
    def sign(self) -> int:
        return PREDICATE_SIGNS[self.predicate]


def state_predicate(
    taxonomy: Taxonomy, effect: Effect, sign: int, subject: Argument, object: Argument, change_sign: int
) -> str | None:
    """Return the predicate for an effect on an object, or None if the words leave it open.

    Parameters:
        taxonomy: whose effects and opposites count.
        effect: what the trigger says.
        sign: the sign that the trigger states, 0 if none.
        subject: its `sign` inverts if it was silenced or inhibited.
        object: its `change` says up or down by itself (*a decrease in X*).
        change_sign: the sign of the object's change, 0 if it has none.
    """
    # How much there is of a miRNA does not change what it binds: *low X was linked to death via targeting of Y*.
    is_level = subject.change and not subject.manipulation and effect.predicate == "targets"
    turns = (1 if is_level else subject.sign) * object.sign
    inner = taxonomy.effects[object.change] if object.change else None
    if inner is not None and (effect.needs or sign):
        turns *= change_sign * (1 if effect.needs else sign)
        effect = inner
    elif effect.needs == "change" or (effect.needs and object.mention.type not in _PROCESS_TYPES):
        return None
    predicate = _variant(effect, object)
    if predicate == "targets" and object.aspect == "activity":
        predicate = "regulates"  # what targets a pathway need not bind the gene that it is named after
    is_mirna = subject.mention.type == MentionType.MIRNA
    if is_mirna and predicate == "binds" and object.mention.type in _BOUND:
        predicate = "targets"
    binds = is_mirna and object.aspect == "utr"
    if binds and turns > 0 and PREDICATE_SIGNS[predicate] <= 0:
        predicate = "targets"
    if effect.subject and subject.mention.type not in taxonomy.types(effect.subject):
        predicate = effect.otherwise or predicate
    if turns > 0 or not PREDICATE_SIGNS[predicate]:
        return predicate
    # What has no opposite (an inhibitor does not "target") says nothing when it is inverted.
    return taxonomy.opposites.get(predicate)


def _variant(effect: Effect, object: Argument) -> str:
    if effect.process and object.mention.type in _PROCESS_TYPES:
        return effect.process
    if effect.expression and object.aspect in _EXPRESSION:
        return effect.expression
    if effect.activity and object.aspect == "activity":
        return effect.activity
    return effect.predicate


_REVERSING = frozenset({"reverse", "abrogate", "abolish", "counteract"})
"""*abrogated the decreased invasion*: what reverses a change is told by the change that it reverses."""


@dataclass(frozen=True)
class ClaimReader:
    """Reads the claims of one parsed sentence."""

    matcher: Matcher
    resolver: ArgumentResolver
    assertion: AssertionReader

    @classmethod
    def of(cls, matcher: Matcher) -> ClaimReader:
        """Build it over a matcher."""
        return cls(matcher, ArgumentResolver(matcher), AssertionReader(matcher))

    def read(self, parse: Parse, text: str, *, near: bool = True) -> tuple[list[Claim], list[Miss]]:
        """Return the claims of all frames over a parse, and the frames that nearly fitted: all, if `near`."""
        claims: list[Claim] = []
        misses: list[Miss] = []
        for found in self.matcher.matches(parse, near=near):
            if isinstance(found, Miss):
                misses.append(found)
                continue
            made = self._of_match(found, parse, text)
            claims.extend(made)
            if not made:
                misses.append(Miss(found.frame, found.token, "a mention of the right type at subject or object"))
        return claims, misses

    def _of_match(self, match: Match, parse: Parse, text: str) -> list[Claim]:
        if _follows_denial(match.token, parse):
            return []
        taxonomy, frame = self.matcher.rules.taxonomy, match.frame
        effect = taxonomy.effects[frame.effect or self._polar(match, parse)]
        sign = PREDICATE_SIGNS[effect.predicate]
        # A frame that says up or down takes from the trigger which; *a target for prevention* lowers nothing.
        if frame.effect and sign:
            sign = PREDICATE_SIGNS[taxonomy.effects[match.trigger.effect].predicate]
        # In *reduced X-induced Y* the adjective belongs to Y.
        own = frame.trigger.voice != ("compound",)
        subjects = self._arguments(
            match.subjects, frame.subject_types, parse, text, match.token, acting=True, adjectives=own
        )
        if not frame.bearers:
            subjects = [subject for subject in subjects if not _is_borne(subject)]
        if not match.subjects and parse.implied_subject is not None:
            types = taxonomy.types(frame.subject_types)
            if parse.implied_subject.type not in types or _has_another_subject(match.token, parse, types):
                return []
            subjects = [Argument(parse.implied_subject)]
        if frame.manipulated != "allowed":
            subjects = [each for each in subjects if _is_manipulated(each, frame.manipulated)]
        objects = self._arguments(
            match.objects,
            frame.object_types,
            parse,
            text,
            match.token,
            acting=False,
            adjectives=bool(effect.needs) or match.trigger.lemma in _REVERSING,
        )
        if not objects:
            objects = self._by_pronoun(match.objects, frame.object_types, parse, subjects, match.token)
        if not own:
            # What *X-mediated* says something of stands behind it; before it, *X/Z-mediated*, stands who mediates.
            objects = [each for each in objects if each.token is None or each.token.i > match.token.i]
            objects = [each for each in objects if not _has_own_cause(each.token, match.token, parse)]
        subjects, objects = apart(subjects, objects)
        if not subjects or not objects or len(subjects) * len(objects) > MAX_PAIRS:
            return []
        if frame.mutual and len(subjects) > MOST_MUTUAL:
            return []
        assertion = self.assertion.read(parse, match.token)
        correlation = correlation_of(parse, match.token) if effect.correlation else None
        if frame.effect == "level":
            # *PTEN-deficient tumors had more AKT1*: compared with other tumors, not with healthy tissue.
            objects = [
                each for each in objects if not (each.manipulation or among_patients(each, parse, taxonomy))
            ]
        else:
            objects = [each for each in objects if not (each.in_cells and each.mention.type in ILLNESS)]
        claims = []
        taken = pairs(subjects, objects, parse, match.token)
        for subject, target in taken:
            if subject.mention.key == target.mention.key:
                continue
            if frame.mutual and not is_mutual(subject.mention, target.mention, subjects):
                continue
            turned = _turned_by_trigger(subject, sign) if frame.effect else subject
            change_sign = self.resolver.words.effect_sign(target.change) if target.change else 0
            # *restored the activation of X*: it had failed; *rescued the rise of X*: X had risen.
            restores = match.trigger.lemma == "restore" and target.change == "activate"
            undoes = target.change and match.trigger.lemma in taxonomy.undoing and not restores
            says = -1 if undoes else sign
            predicate = state_predicate(taxonomy, effect, says, turned, target, change_sign)
            if predicate is None:
                continue
            first, second = in_order(taxonomy, predicate, subject.mention, target.mention)
            stand_ins = [(each.token, each.referent) for each in (subject, target) if each.token and each.referent]
            claims.append(
                Claim(
                    first,
                    predicate,
                    second,
                    rule=frame.name,
                    priority=frame.priority,
                    trigger=Span(match.token.start, match.token.end),
                    direct=_is_direct(predicate, effect, subject, target),
                    negated=assertion.negated != (subject.negated or target.negated),
                    hedged=assertion.hedged,
                    correlation=correlation,
                    manipulation=tuple(dict.fromkeys((*subject.manipulation, *target.manipulation))),
                    references=tuple(referent.rule for _, referent in stand_ins),
                    stand_ins=tuple(Span(token.start, token.end) for token, _ in stand_ins),
                    steps=max(subject.depth + target.depth - 2, 0),
                    listed=len(taken),
                    mended=parse.mended,
                )
            )
        return claims

    def _arguments(
        self,
        alternatives: tuple[tuple[Token, ...], ...],
        types: tuple[str, ...],
        parse: Parse,
        text: str,
        trigger: Token,
        *,
        acting: bool,
        adjectives: bool,
    ) -> list[Argument]:
        allowed = self.matcher.rules.taxonomy.types(types)
        for tokens in alternatives:
            found: dict[tuple[int, int], Argument] = {}
            for token in tokens:
                for argument in self.resolver.resolve(
                    parse, token, allowed, text, trigger, acting=acting, adjectives=adjectives
                ):
                    found.setdefault((argument.mention.start, argument.mention.end), argument)
            if found:
                return list(found.values())
        return []

    def _polar(self, match: Match, parse: Parse) -> str:
        """Return a trigger's effect; one without a sign may get one from its words: *negatively regulates*."""
        effect = match.trigger.effect
        if effect != "regulate":
            return effect
        polarity = self.matcher.rules.taxonomy.polarity
        beside = (child for child in parse.children[match.token.i] if child.dep in ("amod", "advmod", "compound"))
        said = next((child for child in beside if child.lower in polarity), None)
        if said is None:
            return effect
        both = {polarity.get(child.lower) for child in parse.children[said.i] if child.dep == "conj"}
        # *positive or negative regulation* leaves it open.
        return effect if both - {None, polarity[said.lower]} else polarity[said.lower]

    def _by_pronoun(
        self,
        alternatives: tuple[tuple[Token, ...], ...],
        types: tuple[str, ...],
        parse: Parse,
        subjects: list[Argument],
        trigger: Token,
    ) -> list[Argument]:
        """Read *by targeting it*, *and reduced its expression*: the one thing before it that it can stand for."""
        pronoun = next(
            (
                found
                for token in chain.from_iterable(alternatives)
                if (found := _pronoun(parse, token)) is not None
            ),
            None,
        )
        if pronoun is None:
            return []
        # An illness is spoken of by its name: *it* is what was measured in it.
        allowed = self.matcher.rules.taxonomy.types(types) - ILLNESS
        acting = {subject.mention.key for subject in subjects}
        named = {
            mention.key: mention
            for token, mention in parse.mentions()
            if token.i < pronoun.i and mention.type in allowed and mention.key not in acting
        }
        if len(named) != 1:
            return []
        [mention] = named.values()
        change = self._own_change(parse, pronoun, trigger)
        sign = self.resolver.words.effect_sign(change) if change else 1
        return [Argument(mention, pronoun, sign, change, depth=1, referent=Referent((mention,), _AS_OBJECT))]

    def _own_change(self, parse: Parse, pronoun: Token, trigger: Token) -> str:
        """Return what the noun after a pronoun says of it: *its degradation*, unless that is the trigger."""
        noun = parse.head(pronoun)
        if pronoun.dep != "poss" or noun is None or noun.i == trigger.i:
            return ""
        effects = (each.effect for each in self.matcher.triggers(noun) if each.pos == "noun")
        return next((each for each in effects if self.resolver.words.effect_sign(each)), "")

    def read_surface(self, text: str, start: int, mentions: tuple[Mention, ...]) -> list[Claim]:
        """Return the claims of all surface patterns over a sentence."""
        if len(text) > MAX_SURFACE:
            return []
        types = frozenset(mention.type for mention in mentions)
        possible = [each for each in self.matcher.surface if len(mentions) > 1 and each.may_match(types)]
        if not possible:
            return []
        masked = MaskedText.of(text, start, mentions)
        claims: list[Claim] = []
        for compiled in possible:
            for match in compiled.find(masked):
                claims.extend(self._of_surface(match))
        return claims

    def _of_surface(self, match: SurfaceMatch) -> list[Claim]:
        taxonomy, rule = self.matcher.rules.taxonomy, match.pattern
        effect = taxonomy.effects[rule.effect]
        sign = PREDICATE_SIGNS[effect.predicate]
        claims = []
        for subject in match.subjects:
            for target in match.objects:
                if subject.key == target.key:
                    continue
                predicate = state_predicate(taxonomy, effect, sign, Argument(subject), Argument(target), 0)
                if predicate is not None:
                    claims.append(
                        Claim(
                            subject,
                            predicate,
                            target,
                            rule=rule.name,
                            priority=rule.priority,
                            trigger=match.trigger,
                            direct=effect.direct and predicate == effect.predicate,
                            hedged=rule.hedged,
                            listed=len(match.subjects) * len(match.objects),
                        )
                    )
        return claims


_ORDER = {kind.value: place for place, kind in enumerate(MentionType)}


_NEVER = frozenset({"never", "longer", "inactive"})


def _follows_denial(token: Token, parse: Parse) -> bool:
    """Return whether a participle tells what comes of a thing not done: *cannot bind it, leading to its rise*."""
    above = parse.head(token) if token.dep == "advcl" and token.tag == "VBG" else None
    return above is not None and any(
        child.dep == "neg" or child.lower in _NEVER for child in parse.children[above.i]
    )


def _place(mention: Mention) -> tuple[int, str]:
    """Where a mention stands in a pair that has no direction, so that A with B and B with A are one triple."""
    return (_ORDER.get(mention.type, len(_ORDER)), mention.key)


def in_order(taxonomy: Taxonomy, predicate: str, subject: Mention, object: Mention) -> tuple[Mention, Mention]:
    """Return subject and object, or the pair in its one order if the predicate has no direction."""
    if predicate not in taxonomy.symmetric:
        return subject, object
    first, second = sorted((subject, object), key=_place)
    return first, second


def _is_manipulated(subject: Argument, wanted: str) -> bool:
    """Return whether what was done to a subject, or its own rise or fall, is what a frame asks for."""
    if wanted == "done":
        return bool(subject.manipulation)
    return bool(subject.manipulation or subject.change) is (wanted == "required")


def _is_borne(subject: Argument) -> bool:
    """Return whether a condition is only an attribute of what acts: *hypoxic cells*."""
    is_adjective = subject.token is not None and subject.token.tag.startswith("JJ")
    return subject.mention.type == MentionType.CONDITION and is_adjective and subject.aspect in ("place", "cells")


def _has_another_subject(verb: Token, parse: Parse, types: Collection[str]) -> bool:
    """Return whether a clause of a table's cell says who acts, and it is not who the row is about."""
    subjects = (child.mention for child in parse.children[verb.i] if child.dep == "nsubj")
    return any(
        each and each.type in types and each.key != getattr(parse.implied_subject, "key", "") for each in subjects
    )


def _pronoun(parse: Parse, token: Token) -> Token | None:
    if token.lower in _PRONOUNS:
        return token
    return next(
        (child for child in parse.children[token.i] if child.lower in _PRONOUNS and child.dep == "poss"), None
    )


_CAUSED = frozenset({"VBN", "VBD", "JJ"})


def _has_own_cause(object: Token | None, participle: Token, parse: Parse) -> bool:
    """Return whether a member of a list has such a compound of its own: *A-induced B and C-induced D*."""
    while object is not None and object.i != participle.head:
        for child in parse.children[object.i]:
            own = child.dep == "amod" and child.tag in _CAUSED and child.i > participle.i
            if own and any(name.dep == "npadvmod" for name in parse.children[child.i]):
                return True
        object = parse.head(object)
    return False


def _turned_by_trigger(subject: Argument, sign: int) -> Argument:
    """A frame that names its own effect takes from the trigger only whether it is up or down."""
    return replace(subject, sign=subject.sign * (sign or 1))


def _is_direct(predicate: str, effect: Effect, subject: Argument, target: Argument) -> bool:
    return predicate == "targets" or (effect.direct and predicate == effect.predicate)
