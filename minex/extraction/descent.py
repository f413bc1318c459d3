"""Down the tree from a frame's argument to mentions, composing signs on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minex.extraction.words import ANY_CANCER, ILLNESS, ArgumentWords
from minex.model import Mention
from minex.rules.language import Manipulation
from minex.rules.paths import Alternatives, Step, parse_path
from minex.syntax.parse import Parse, Referent, Token

_MAX_DEPTH = 8
_DETERMINERS = frozenset({"the", "a", "an", "that", "of"})
_PLACES = ILLNESS | {"VESICLE"}
_LACKING = "lacking"
"""*cells lacking X* are X-deficient cells."""
_SITE = "utr"
"""The activity of a reporter with a gene's 3'UTR tells of binding, not of the gene's activity."""
_CELLS = "cells"
_AGENTS = ("er", "or", "gene", "mir")
"""*oncogenes of glioma* are genes, no event that happens to glioma."""
_PLACE_PREPOSITIONS = frozenset({"in", "within", "under", "during"})
_SUPPRESSED = frozenset({"tumor", "tumour", "metastasis", "cancer", "growth"})

_DRUG = re.compile(r"(?:inhibitor|antagonist|agonist|blocker|activator|antibody|antagomir|mimic)s?$")
_AGONISTIC = frozenset({"agonistic", "stimulatory", "agonist"})
_REAGENTS = frozenset({"inhibition", "antagomir", "knockdown"})
_MODIFIERS = frozenset({"compound", "nmod", "amod"})
_WHERE_LEVELS_ARE = frozenset({"tissue", "tissues", "patient", "patients", "sample", "samples", "specimens"})

_ACTS = frozenset(verb + ending for verb in ("act", "serve", "function") for ending in ("", "s", "ed"))
_REVERSED = frozenset({"reversed", "counteracted", "abrogated", "abolished", "rescued", "attenuated", "restored"})
_AGENT_NOUNS = ("inhibitor", "inhibitors", "antagonist", "antagonists")
_EVENTS = frozenset({"effect", "effects", "phenomenon", "finding", "response", "event", "process", "change"})
"""*X fell, an effect that was reversed by Y*: what is reversed is the fall, not X."""
_SUCH_AS = frozenset({"including", "like", "namely"})
_RELATIVE = frozenset({"which", "that", "who", "whose"})
_EVENT_OF = tuple(
    parse_path(text)
    for text in (
        ">prep:of|for|to|on|against|from|with >pobj",
        ">prep:in >pobj",
        ">prep:of >pobj >prep:with >pobj",
        ">acl:targeting|silencing|inhibiting|blocking|neutralizing|recognizing >dobj",
        ">acl:directed|raised|designed >prep:against|to >pobj",
        ">dobj",
        ">compound",
        ">nmod",
        ">poss",
        ">npadvmod",
        ">amod",
        ">appos",
    )
)


_JOINED = frozenset({"compound", "nmod", "nummod"})
_PATHWAYS = ("axis", "pathway", "signal", "cascade", "circuit", "loop")
_DASHES = "-‐‑–—"
_EVENT_OF_ALONE = _EVENT_OF[:1]
"""*the STAT3 induction of X*: it is X that is induced."""
_FACTORS = frozenset({"GENE", "MIRNA", "LNCRNA"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention as an argument, with what stands between it and the frame.

    `sign` is -1 if an odd number of things on the way invert; `change` is the effect of the innermost noun or
    participle that itself says up or down (*downregulation of X*); `aspect` the head noun's class
    (`expression`, `activity`, `utr`, ...). `referent` is set where the token only stands for the mention.
    """

    mention: Mention
    token: Token | None = None
    sign: int = 1
    change: str = ""
    aspect: str = ""
    manipulation: tuple[str, ...] = ()
    negated: bool = False
    depth: int = 0
    outer: Argument | None = None
    """What was known before the noun that says up or down: what a list goes back to for another such noun."""
    referent: Referent | None = None
    in_cells: bool = False
    """Whether it is only the cells of it that are spoken of: *the growth of glioma cells*."""

    def after(self, manipulation: Manipulation) -> Argument:
        """Return the argument with one more thing done to it."""
        return replace(
            self, sign=self.sign * manipulation.sign, manipulation=(*self.manipulation, manipulation.label)
        )


def _is_attribute(token: Token, parse: Parse) -> bool:
    """*exosomal* in *exosomal miR-21* says where the factor is; it does nothing itself.

    Nor is anything said of cancer by *raises the invasion of cancer cells*; *high in cancer tissues* says it.
    """
    if token.mention is None:
        return False
    if token.mention.type == "CANCER" and token.mention.key == ANY_CANCER and token.dep in _MODIFIERS:
        return parse[token.head].lower not in _WHERE_LEVELS_ARE
    return token.mention.type == "VESICLE" and (token.tag.startswith("JJ") or token.lower.endswith(("al", "ar")))


def _is_factor(mention: Mention | None) -> bool:
    return mention is not None and mention.type in _FACTORS


@dataclass(frozen=True)
class Descent:
    """A walk down the tree from where a frame's argument stands, for mentions of some types.

    `acting` and `adjectives` are as in :meth:`minex.extraction.arguments.ArgumentResolver.resolve`.
    """

    words: ArgumentWords
    parse: Parse
    types: frozenset[str]
    text: str
    acting: bool
    adjectives: bool
    measured: int = 0
    """The sign of the adjective before the first noun, if that is what the frame says: one that says the contrary
    (*less apoptosis and increased proliferation*) says it of its own noun."""

    def down(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Yield the arguments at and below a token; `state` carries what was met on the way."""
        if token.i in seen or state.depth > _MAX_DEPTH:
            return
        seen.add(token.i)
        state = replace(state, depth=state.depth + 1, negated=state.negated or self._left_out(token))
        if state.depth == 1 and token.dep == "dobj" and self.parse[token.head].lower == _LACKING:
            state = state.after(self.words.manipulation_adjectives["deficient"])
        if self._is_relative(token):
            antecedent = self._antecedent(token)
            if antecedent is not None:
                yield from self.down(antecedent, state, seen)
            return
        here = self._modified(token, state, seen)
        # Where a frame's own path ends is what it wants, be it an attribute.
        named = token.mention is not None and (state.depth == 1 or not _is_attribute(token, self.parse))
        if token.mention is not None and named and token.mention.type in self.types:
            done = self.words.prefixed(self.text, token.mention)
            if done and done.sign < 0 and here.manipulation and here.manipulation[-1] in _REAGENTS:
                done = None  # an anti-X antibody takes X away once
            yield replace(here.after(done) if done else here, mention=token.mention, token=token)
        referent = self.parse.referents.get(token.i)
        for mention in referent.mentions if referent is not None else ():
            if mention.type in self.types:
                yield replace(here, mention=mention, token=token, referent=referent)
        if token.mention is not None:
            yield from self._fellows(token, here, seen)
        if not self._is_whole(token):
            yield from self._inside(token, here, seen)
        yield from self._treated(token, state, seen)
        yield from self._said_what_it_does(token, here, seen)
        yield from self._done_to(token, state, seen)
        yield from self._examples(token, here, seen)
        yield from self._said_to_be(token, state, seen)
        is_reagent = token.lower in self.words.manipulation_nouns and any(
            child.lower in _AGONISTIC for child in self.parse.children[token.i]
        )
        for child in self.parse.children[token.i]:
            if child.dep == "conj" and not (self.measured and self._own_sign(child) == -self.measured):
                # *reduced A, B and C*: what is said of the first is said of all, unless another has its own word.
                shared = state if self._changed(child) or self._is_change(child) or is_reagent else here
                if shared.outer is not None and (self._changed(child) or self._is_change(child)):
                    shared = shared.outer  # *a drop in A and activation of B*: nothing says that the latter drops
                negated = shared.negated or self._denied(child)
                yield from self.down(child, replace(shared, depth=state.depth, negated=negated), seen)

    def _fellows(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Go on to what a stroke joins to a name, or a dash in a pathway: *A/B*, *the A-B axis*."""
        for child in self.parse.children[token.i]:
            if child.dep in _JOINED and _is_factor(child.mention) and _is_factor(token.mention):
                left, right = sorted((child, token), key=lambda each: each.start)
                joint = self.text[left.end : right.start].strip()
                head = self.parse.head(token)
                is_pathway = head is not None and head.lower.startswith(_PATHWAYS)
                if joint == "/" or (joint and joint in _DASHES and is_pathway):
                    yield from self.down(child, state, seen)

    def _said_what_it_does(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Read *the X inhibitor NAME* and *NAME, an X antagonist*: what the drug does, taking X away does."""
        if not self.acting or not token.tag.startswith("NN") or token.lower in self.words.manipulation_nouns:
            return
        if token.mention is not None and token.mention.type != "CHEMICAL":
            return
        for child in self.parse.children[token.i]:
            beside = child.dep in ("compound", "nmod", "appos") and child.mention is None
            if beside and child.i not in seen and _DRUG.match(child.lower):
                # *The exosome inhibitor NAME*: only of a factor is the contrary of what its inhibitor does said.
                factors = replace(self, types=self.types & _FACTORS)
                yield from factors.down(child, replace(state, depth=state.depth - 1), seen)

    def _is_whole(self, token: Token) -> bool:
        """Return whether a process is all that is meant: *lung cancer cell growth* says nothing of the cancer.

        Unless others gave both as mentions, and so want both judged.
        """
        mention = token.mention
        return mention is not None and mention.type == "PROCESS" in self.types and mention.finder != "given"

    def _changed(self, token: Token) -> bool:
        """Return whether a noun has a participle or adjective of its own that says up or down."""
        return any(
            child.dep == "amod" and (child.lower in self.words.manipulation_adjectives or self._signed(child))
            for child in self.parse.children[token.i]
        )

    def _own_sign(self, token: Token) -> int:
        """Return what an adjective or participle before a noun says of it: up (1), down (-1), nothing (0)."""
        adjectives = (child for child in self.parse.children[token.i] if child.dep == "amod")
        return next(filter(None, map(self.words.sign_of, adjectives)), 0)

    def _is_change(self, token: Token) -> bool:
        return token.mention is None and token.tag.startswith("NN") and self._signed(token)

    def _signed(self, token: Token) -> bool:
        return bool(self.words.sign_of(token))

    def _denied(self, token: Token) -> bool:
        """Return whether *not* stands before a member of a list: *A, but not B*."""
        if any(child.dep == "neg" for child in self.parse.children[token.i]):
            return True
        before = [other.lower for other in self.parse.tokens[max(token.i - 3, 0) : token.i]]
        if before[-1:] and before[-1] in _DETERMINERS:
            before.pop()
        return before[-1:] == ["not"] or before[-2:] in (["rather", "than"], ["instead", "of"])

    def _left_out(self, token: Token) -> bool:
        """Return whether *but not* stands before the phrase: *high in A, but not in B*."""
        place = self.parse.head(token) if token.dep == "pobj" else None
        if place is None or place.i < 2:
            return False
        return [other.lower for other in self.parse.tokens[place.i - 2 : place.i]] == ["but", "not"]

    def _is_relative(self, token: Token) -> bool:
        """Return whether a word stands for the noun before it: not the *that* of *that of X declined*."""
        if token.tag in ("WDT", "WP", "WP$"):
            return True
        of = any(child.dep == "prep" for child in self.parse.children[token.i])
        return token.lower in _RELATIVE and token.dep.startswith("nsubj") and not of

    def _antecedent(self, token: Token) -> Token | None:
        node: Token | None = token
        while node is not None and node.dep != "relcl":
            node = self.parse.head(node)
        if node is not None:
            noun = self.parse.head(node)
            return None if noun is not None and self._may_mean_the_clause(token, noun) else noun
        # The clause hangs somewhere else: the noun before "which" is what it most likely is about.
        last = next((other for other in reversed(self.parse.tokens[: token.i]) if other.tag.isalpha()), None)
        if last is not None and last.tag == "VBN" and self._signed(last):
            return None  # *X was lowered, which raised Y*: it is the lowering that raised Y
        before = [
            other for other in self.parse.tokens[max(token.i - 4, 0) : token.i] if other.tag.startswith("NN")
        ]
        return before[-1] if before else None

    def _may_mean_the_clause(self, relative: Token, noun: Token) -> bool:
        """Return whether *which* may be more than the noun: *suppressed X, which promoted growth*.

        What is reversed is a change, hardly ever a thing: *rose with X, which was reversed by Y*.
        """
        if relative.lower != "which" or relative.i == 0 or self.parse[relative.i - 1].lower != ",":
            return False
        clause, verb = self.parse.head(relative), self.parse.head(noun)
        if clause is not None and clause.lower in _REVERSED:
            return True
        lowers = verb is not None and any(
            self.words.effect_sign(each.effect) < 0 for each in self.words.matcher.triggers(verb)
        )
        return noun.dep == "dobj" and lowers

    def _said_to_be(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Go from *an oncogene that ...* to what is one: *X is an oncogene that*, *X, an oncogene that*."""
        if token.mention is not None or state.depth > 3:
            return
        if token.dep == "attr":
            copula = self.parse.head(token)
            subject = self.parse.child(copula, "nsubj") if copula is not None else None
            if subject is not None:
                yield from self.down(subject, state, seen)
        elif token.dep == "pobj" and self.parse[token.head].lower == "as":
            verb = self.parse.head(self.parse[token.head])
            subject = self.parse.child(verb, "nsubj") if verb is not None and verb.lower in _ACTS else None
            if subject is not None:
                yield from self.down(subject, state, seen)
        elif token.dep == "appos" and token.lower not in _EVENTS:
            head = self.parse.head(token)
            if head is not None and head.mention is not None and head.mention.type in self.types:
                yield replace(state, mention=head.mention, token=head)

    def _treated(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Read *miR-21-transfected cells*, *PTEN-deficient mice*: what was done to the factor named first."""
        if token.mention is not None and token.mention.type in self.types:
            return
        for child in self.parse.children[token.i]:
            manipulation = self.words.manipulation_adjectives.get(child.lower)
            if manipulation is None or child.dep not in _MODIFIERS or child.i in seen:
                continue
            done = state.after(manipulation)
            for name in self.parse.children[child.i]:
                if name.dep in ("npadvmod", "compound", "nmod"):
                    yield from self.down(name, done, seen)

    def _examples(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Read *several proteins, including A*: what is said of a kind is said of those named for it."""
        is_kind = token.mention is None or token.mention.key == ANY_CANCER
        if not is_kind or not token.tag.startswith("NN"):
            return
        for child in self.parse.children[token.i]:
            such_as = child.lower == "as" and self.parse[child.i - 1].lower == "such"
            if child.dep == "prep" and (child.lower in _SUCH_AS or such_as):
                for named in self.parse.children[child.i]:
                    if named.dep == "pobj":
                        yield from self.down(named, state, seen)

    def _done_to(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Read *when miR-21 was silenced*, *after PTEN had been highly expressed*."""
        if token.mention is not None or token.tag != "VBN":
            return
        manipulation = self.words.manipulation_adjectives.get(token.lower)
        change = next((each.effect for each in self.words.matcher.triggers(token) if self._signed(token)), "")
        how = [child for child in self.parse.children[token.i] if child.dep == "advmod"]
        if manipulation is not None:
            done = state.after(manipulation)
        elif change:
            done = replace(state, sign=state.sign * self.words.effect_sign(change), change=change)
        elif any(self._signed(each) for each in how):
            done = state
        else:
            return
        for child in self.parse.children[token.i]:
            if child.dep == "nsubjpass":
                yield from self.down(child, done, seen)

    def _inside(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Yield what a noun is said of: *knockdown of*, *downregulation of*, *expression of*."""
        manipulation = self.words.manipulation_nouns.get(token.lower) if token.mention is None else None
        changes = any(each.pos == "noun" and self._signed(token) for each in self.words.matcher.triggers(token))
        if manipulation is not None and (self.acting or not changes):
            yield from self._means(token, manipulation, state, seen)
            yield from self._agents(token, state, seen)
            types = self.types - {"CHEMICAL"} if token.lower.startswith("antibod") else self.types
            yield from self._through(token, _EVENT_OF, state.after(manipulation), seen, types, _PLACES)
            return
        is_kind = self._is_kind_of_gene(token)
        for trigger in () if is_kind else self.words.matcher.triggers(token):
            sign = self.words.effect_sign(trigger.effect)
            gerund = (
                trigger.pos == "verb" and token.tag == "VBG" and token.dep in ("csubj", "pcomp", "pobj", "nsubj")
            )
            is_agent = trigger.pos == "noun" and token.lower.rstrip("s").endswith(_AGENTS)
            if (trigger.pos == "noun" or gerund) and sign and trigger.effect != "target" and not is_agent:
                changed = replace(state, sign=state.sign * sign, change=trigger.effect, outer=state)
                paths = _EVENT_OF_ALONE if self._names_its_agent(token) else _EVENT_OF[:-1]
                yield from self._through(token, paths, changed, seen, self.types)
                # *a loss of A, breakdown of B*: parsed as an apposition, and a list. B is not lost.
                for other in self.words.matcher.walker.walk(self.parse, token, _EVENT_OF[-1:]):
                    yield from self.down(other, state if other.mention is None else changed, seen)
                return
        head = self.words.head_nouns.get("gene" if is_kind else token.lower)
        # *VEGFA rose in exosomes from hypoxic cells*: what is named is where something is.
        bears = head is None and token.mention is not None and token.mention.type == "VESICLE"
        if bears and "VESICLE" not in self.types:
            head = self.words.head_nouns.get("cell")
        if head is not None:
            types = self.types & self.words.matcher.rules.taxonomy.types(head.types) if head.types else self.types
            if bears:
                types &= {"CONDITION"}
            if types:
                inner = replace(
                    state,
                    aspect=_SITE if head.name == _SITE else state.aspect or head.name,
                    in_cells=state.in_cells or head.name == _CELLS,
                )
                yield from self._through(token, head.through, inner, seen, types, _PLACES)
        elif token.mention is None and token.tag.startswith("NN"):
            yield from self._short_form(token, state, seen)

    def _names_its_agent(self, token: Token) -> bool:
        """Return whether what stands before an event brought it about: *its block of the STAT3 induction of X*."""
        children = self.parse.children[token.i]
        before = any(child.dep in ("compound", "nmod", "poss") and _is_factor(child.mention) for child in children)
        of = (child for child in children if child.lower == "of")
        below = (noun for child in of for noun in self.parse.children[child.i] if noun.dep == "pobj")
        heads = (each for noun in below for each in (noun, *self.parse.children[noun.i]))
        return not self.acting and before and any(_is_factor(each.mention) for each in heads)

    def _means(self, token: Token, done: Manipulation, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Go to what something was done with: *EGFR inhibition with erlotinib* is erlotinib's, not of it."""
        if done.sign > 0 or "CHEMICAL" not in self.types:
            return
        chemical = replace(self, types=frozenset({"CHEMICAL"}))
        for child in self.parse.children[token.i]:
            for name in self.parse.children[child.i] if child.lower in ("with", "by", "using") else ():
                if name.dep in ("pobj", "dobj"):
                    yield from chemical.down(name, state, seen)

    def _agents(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Go to what an inhibitor is called: *the MEK inhibitors trametinib and selumetinib* act themselves."""
        children = self.parse.children[token.i]
        of = {child.mention.key for child in children if child.dep == "compound" and child.mention is not None}
        for child in children if token.lower.endswith(_AGENT_NOUNS) else ():
            name = child.mention
            if child.dep != "appos" or name is None or name.type not in self.types:
                continue
            if name.type == "CHEMICAL" or (of and name.key not in of):
                yield from self.down(child, state, seen)

    def _short_form(self, token: Token, state: Argument, seen: set[int]) -> Iterator[Argument]:
        """Go from a long form that no list has to its short form: *a protein of the cuff (SMAD3)*."""
        for child in self.parse.children[token.i]:
            if child.dep == "appos" and child.mention is not None and self.parse[child.i - 1].lower == "(":
                yield from self.down(child, state, seen)

    def _is_kind_of_gene(self, token: Token) -> bool:
        """*the PTEN tumor suppressor* is PTEN; it suppresses tumors, nothing suppresses it."""
        if not token.lower.startswith("suppressor"):
            return False
        return any(
            child.lower in _SUPPRESSED and child.dep in ("compound", "nmod", "amod") and child.mention is None
            for child in self.parse.children[token.i]
        )

    def _through(
        self,
        token: Token,
        paths: Alternatives,
        state: Argument,
        seen: set[int],
        types: frozenset[str],
        places: frozenset[str] = ILLNESS,
    ) -> Iterator[Argument]:
        for path in paths:
            # *expression in C cells*, *the level in exosomes*: where it is seen is no argument.
            is_place = any(
                isinstance(step, Step) and step.words and step.words & _PLACE_PREPOSITIONS == step.words
                for step in path
            )
            allowed = types - places if is_place else types
            walk = self if allowed == self.types else replace(self, types=allowed)
            for reached in self.words.matcher.walker.walk(self.parse, token, (path,)):
                yield from walk.down(reached, state, seen)

    def _modified(self, token: Token, state: Argument, seen: set[int]) -> Argument:
        """Take in *silenced X*, *increased X levels*: participles and adjectives before the noun."""
        for child in self.parse.children[token.i]:
            if child.dep not in ("amod", "compound", "nmod", "advmod") or child.mention is not None:
                continue
            if child.i in seen:
                continue
            manipulation = self.words.manipulation_adjectives.get(child.lower)
            if manipulation is not None:
                state = state.after(manipulation)
                continue
            reagent = self.words.manipulation_nouns.get(token.lower)
            if reagent is not None and (child.tag == "VBG" or child.lower in _AGONISTIC):
                # A blocking antibody is an antibody, an activating one the contrary.
                sign = 1 if child.lower in _AGONISTIC else self.words.sign_of(child)
                state = replace(state, sign=-state.sign) if sign == -reagent.sign else state
                continue
            if not self.adjectives or state.change or child.dep == "compound":
                continue
            for trigger in self.words.matcher.triggers(child):
                sign = self.words.effect_sign(trigger.effect)
                has_agent = self.parse.child(child, "npadvmod", "agent") is not None
                if sign and trigger.pos in ("verb", "adjective") and not has_agent:
                    state = replace(
                        state, sign=state.sign * sign, change=trigger.effect, outer=state.outer or state
                    )
                    break
        return state
