"""What *it*, *its expression*, *this miRNA* and *both genes* stand for: the one thing named before that fits.

It looks back over its own sentence, then one sentence further, never over the end of a passage. If more than one
thing could be meant, nothing is: a reference that is not resolved costs a statement, one resolved wrongly makes a
false one. The rules are in `patterns/frames/references.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from minex.extraction.descent import Argument
from minex.extraction.words import ANY_CANCER
from minex.model import PREDICATE_SIGNS, Document, Mention, PassageKind, Sentence
from minex.rules.inflect import noun_forms
from minex.rules.language import Reference, RuleSet
from minex.syntax.parse import Parse, Referent, Token

_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?][\"')\]]*\s*$")

_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSES = frozenset({"ccomp", "csubj", "csubjpass"})
_TELLS_WHICH = frozenset({"appos", "poss", "relcl", "acl", "prep", "conj"})
_MODIFIERS = frozenset({"compound", "nmod", "npadvmod", "amod", "poss"})
_WITHIN_NOUN = frozenset({"pobj", "prep", "compound", "nmod", "amod", "npadvmod", "poss", "appos", "conj", "dep"})
_JOINED = frozenset({"conj", "cc"})
_REPORTERS = frozenset(
    {"we", "results", "result", "data", "findings", "study", "studies", "analysis", "experiments", "evidence"}
)
_AWAITED = frozenset(
    {"expected", "hoped", "possible", "necessary", "important", "essential", "interesting", "crucial"}
)
_OBJECTS = frozenset({"it"})
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, slots=True)
class Named:
    """Where a thing is named: a token that is a mention, in its parse."""

    parse: Parse
    token: Token
    mention: Mention


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule with its types as sets."""

    rule: Reference
    types: frozenset[str]
    rivals: frozenset[str]


@dataclass(frozen=True)
class ReferenceReader:
    """Finds what words stand for, by the references of a set of rules."""

    rules: RuleSet

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[_Rule, ...]]:
        types = self.rules.taxonomy.types
        found: dict[str, list[_Rule]] = {}
        for rule in self.rules.references:
            for word in rule.words:
                found.setdefault(word, []).append(
                    _Rule(rule, types(rule.types), types((*rule.types, *rule.rivals)))
                )
        return {word: tuple(rules) for word, rules in found.items()}

    @cached_property
    def _standing_for(self) -> frozenset[str]:
        """Nouns that stand for what they are of: a sentence on the expression of X is about X."""
        return frozenset(form for noun in self.rules.head_nouns if not noun.types for form in noun.forms)

    @cached_property
    def _lowering(self) -> frozenset[str]:
        """Nouns for the lack of a thing: *knockout*, *inhibition*, *downregulation*."""
        effects = self.rules.taxonomy.effects
        done = {
            form
            for each in self.rules.manipulations
            if each.sign < 0
            for n in each.nouns
            for form in noun_forms(n)
        }
        said = {
            form
            for form, triggers in self.rules.triggers.items()
            for each in triggers
            if each.pos == "noun"
            and PREDICATE_SIGNS[effects[each.effect].predicate] < 0
            and each.effect != "target"
        }
        return frozenset(done | said)

    @cached_property
    def _written(self) -> re.Pattern[str]:
        """The words, each with what has to stand before it."""
        forms = {
            f"{determiner} {word}".strip()
            for rule in self.rules.references
            if not rule.own
            for word in rule.words
            for determiner in rule.determiners or ("",)
        }
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        # Line breaks and double spaces are one space to the parser.
        written = (r"\s+".join(map(re.escape, form.split())) for form in longest_first)
        return re.compile(rf"\b(?:{'|'.join(written) or '(?!)'})\b", re.IGNORECASE)

    @cached_property
    def _last_words(self) -> frozenset[str]:
        """What the written words end with: where none of it stands, none of them does."""
        return frozenset(last for word in self._by_word for last in _WORD.findall(word.lower())[-1:])

    def may_refer(self, text: str, start: int, mentions: Sequence[Mention], before: Iterable[Mention]) -> bool:
        """Return whether a word of a sentence could stand for something that only the sentence before names.

        Parameters:
            text: the sentence.
            start: where it starts in the document.
            mentions: its mentions.
            before: those of the sentence before.
        """
        if self._last_words.isdisjoint(_WORD.findall(text.lower())):
            return False  # most sentences; a search for all that may be written takes far longer
        types = {mention.type for mention in before}
        for match in self._written.finditer(text):
            word = match[0].split()[-1].lower()
            named = _kinds_named(mentions, start + match.start()) if word not in _OBJECTS else set()
            for each in self._by_word.get(word, ()):
                if not each.rule.own and not each.types.isdisjoint(types) and each.rivals.isdisjoint(named):
                    return True
        return False

    def resolve(self, parses: Sequence[Parse | None], before: Sequence[Parse | None]) -> list[Parse | None]:
        """Return the parses of a sentence's clauses with what their words stand for.

        Parameters:
            parses: the parses of one sentence, one or more, in order.
            before: those of the sentence before; empty if there is none that may be looked at.
        """
        resolved: list[Parse | None] = []
        earlier: list[Named] = []
        if None in parses:
            before = ()  # what it says by itself is not all seen
        for parse in parses:
            if parse is None:
                resolved.append(None)
                continue
            referents: dict[int, Referent] = {}
            for token in parse:
                for each in self._by_word.get(token.lower, ()) if token.mention is None else ():
                    meant = self._meant(each, parse, token, earlier, before)
                    if meant:
                        referents[token.i] = Referent(meant, each.rule.name)
                        break
            resolved.append(replace(parse, referents=referents) if referents else parse)
            earlier.extend(_named(parse))
        return resolved

    def _meant(
        self, each: _Rule, parse: Parse, token: Token, earlier: Sequence[Named], before: Sequence[Parse | None]
    ) -> tuple[Mention, ...]:
        """Return what a word stands for; nothing unless exactly that can be meant."""
        rule = each.rule
        if not _stands(rule, parse, token):
            return ()
        here = (named for named in _named(parse) if named.token.i < token.i and not _acts_on(named.token, token))
        own = _things([*earlier, *here], each.rivals)
        if rule.to == "subject":
            return () if own else self._subject(before, each)
        things = own or _things((named for one in before if one for named in _named(one)), each.rivals)
        if any(named.mention.type not in each.types for named in things):
            return ()
        mentions = tuple(named.mention for named in things)
        if rule.to == "only":
            is_meant = len(things) == 1 and (own or not rule.own)
            return mentions if is_meant and (rule.determiners or self._is_topic(things[0], parse, token)) else ()
        if rule.to == "all":
            said = next((_COUNTS[child.lower] for child in parse.children[token.i] if child.lower in _COUNTS), 0)
            return mentions if (len(things) == said if said else _is_one_list(things)) else ()
        return (
            mentions[:1] if len(things) == 2 and rule.to == "first" else mentions[1:] if len(things) == 2 else ()
        )

    def _is_topic(self, named: Named, parse: Parse, pronoun: Token) -> bool:
        """Return whether a pronoun can mean a thing.

        Not where the thing only tells of another (*X-positive cells*). As a subject the pronoun goes back to a
        subject, and not where that is the lack of the thing: *knockout of X had no effect, but it ...*.
        """
        head = named.parse.head(named.token)
        if head is not None and named.token.dep in _MODIFIERS and head.lower not in self._standing_for:
            return False
        if pronoun.dep not in _SUBJECTS:
            return True
        above = list(_above(named.parse, named.token))
        if any(token.lower in self._lowering for token in above):
            return False
        until = pronoun.i if named.parse is parse else len(named.parse)
        subjects = [
            token
            for token in named.parse.tokens[:until]
            if token.dep in _SUBJECTS and token.lower not in _REPORTERS
        ]
        return not subjects or any(token.i in {each.i for each in above} for token in subjects)

    def _subject(self, before: Sequence[Parse | None], each: _Rule) -> tuple[Mention, ...]:
        """Return what the sentence before is about: its subject, by name, or all it names of the types."""
        if len(before) != 1 or before[0] is None:
            return ()
        parse = before[0]
        subject = _main_subject(parse)
        if subject is None or any(child.dep in _JOINED for child in parse.children[subject.i]):
            return ()
        if subject.mention is not None:
            is_meant = subject.mention.type in each.types and not _is_prefixed(parse, subject)
            return (subject.mention,) if is_meant else ()
        things = _things(_named(parse), each.rivals)
        if subject.lower not in self._standing_for or len(things) != 1 or things[0].mention.type not in each.types:
            return ()
        return (things[0].mention,) if subject.i in {each.i for each in _above(parse, things[0].token)} else ()


def looks_back(document: Document, sentence: Sentence, before: Sentence | None) -> bool:
    """Return whether a sentence may refer to the one before: running text of one passage, no heading between."""
    return (
        before is not None
        and before.passage == sentence.passage
        and before.kind is sentence.kind
        and sentence.kind in (PassageKind.TEXT, PassageKind.CAPTION)
        and before.section == sentence.section
        and _ENDS.search(document.text, before.start, before.end) is not None
    )


def apart(subjects: list[Argument], objects: list[Argument]) -> tuple[list[Argument], list[Argument]]:
    """Return both sides of a claim without what a word on the other side stands for.

    *A and B were correlated with their levels* joins nothing, and of two words one at least has to be a name.
    """
    objects = _without(objects, subjects)
    return _without(subjects, objects), objects


def _without(ones: list[Argument], others: list[Argument]) -> list[Argument]:
    meant = {mention.key for other in others if other.referent for mention in other.referent.mentions}
    return [one for one in ones if one.mention.key not in meant and not (one.referent and meant)]


def _kinds_named(mentions: Sequence[Mention], until: int) -> set[str]:
    """Return the types of what is named before an offset; of overlapping mentions the parser may see another."""
    return {
        mention.type
        for mention in mentions
        if mention.end <= until
        and mention.key != ANY_CANCER
        and not any(other.span.overlaps(mention.span) for other in mentions if other is not mention)
    }


def _named(parse: Parse) -> Iterable[Named]:
    return (Named(parse, token, mention) for token, mention in parse.mentions())


def _things(named: Iterable[Named], types: frozenset[str]) -> list[Named]:
    """Return where each thing was named last, in the order in which they were first named."""
    found = {}
    for each in named:
        if each.mention.type in types and each.mention.key != ANY_CANCER:
            found[each.mention.key] = each
    return list(found.values())


def _is_one_list(things: Sequence[Named]) -> bool:
    """Return whether things are the members of one list: *A, B and C*."""
    firsts = {(id(named.parse), _first_of_list(named.parse, named.token).i) for named in things}
    return len(things) > 1 and len(firsts) == 1


def _first_of_list(parse: Parse, token: Token) -> Token:
    while token.dep == "conj" and (head := parse.head(token)) is not None:
        token = head
    return token


def _above(parse: Parse, token: Token) -> Iterator[Token]:
    """Yield a token and the words above it, as far as they belong to one noun: up to *loss* in *loss of X*."""
    yield token
    while token.dep in _WITHIN_NOUN and (head := parse.head(token)) is not None:
        token = head
        yield token


def _acts_on(subject: Token, object: Token) -> bool:
    """Return whether one is the subject and the other the object of one verb: in *X inhibits it*, it is not X."""
    return (
        object.lower in _OBJECTS
        and object.dep == "dobj"
        and subject.dep == "nsubj"
        and subject.head == object.head
    )


def _is_prefixed(parse: Parse, token: Token) -> bool:
    """Return whether a hyphen joins something to a name: *LNA-i-miR-21* is not miR-21."""
    before = parse[token.i - 1] if token.i else None
    return before is not None and before.end == token.start and before.text[-1:] in "-‐‑–"


def _main_subject(parse: Parse) -> Token | None:
    """Return the subject of the sentence, or of what is reported in it: *we found that X ...*."""
    clause = next((token for token in parse if token.head == token.i), None)
    while clause is not None:
        subject = parse.child(clause, *_SUBJECTS)
        reported = parse.child(clause, "ccomp")
        if subject is None or subject.lower not in _REPORTERS or reported is None:
            return subject
        clause = reported
    return None


def _stands(rule: Reference, parse: Parse, token: Token) -> bool:
    """Return whether a token is where a rule wants its words, with what must stand before and nothing after."""
    if rule.labels and token.dep not in rule.labels:
        return False
    children = parse.children[token.i]
    if not rule.determiners:
        return not _is_expletive(parse, token)
    # *The PTEN gene*, *this miRNA, miR-21* and *the gene that was lost* say themselves which is meant.
    if any(child.dep in _TELLS_WHICH or child.mention is not None for child in children):
        return False
    said = [child for child in children if child.i < token.i]
    is_beside = len(said) == 0 or said[0].i == token.i - len(said)
    return is_beside and " ".join(child.lower for child in said) in rule.determiners


def _is_expletive(parse: Parse, token: Token) -> bool:
    """Return whether *it* stands for a clause: *it has been shown that*, *it is possible to*."""
    verb = parse.head(token)
    if verb is None or token.dep not in _SUBJECTS:
        return False
    around = [verb, *(child for child in parse.children[verb.i] if child.dep in ("acomp", "attr", "oprd"))]
    below = {child.dep for each in around for child in parse.children[each.i]}
    return bool(_CLAUSES & below) or ("xcomp" in below and any(each.lower in _AWAITED for each in around))
