"""Lemmas from the tables of trigger words, and by rule for what stands in none of them.

minex itself matches inflected forms (`inflect.py`) and needs no lemmas; who works with its `Doc`s does. A form of
a trigger word has the word as the rules write it: *down-regulates* is `downregulate`. Regular forms of other words
are undone by their ending, where the question is always whether an *e* was lost: *mediat-ing*, *treat-ing*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language

from minex.rules.irregular import NOUNS, OTHER, VERBS, WITH_E, WITHOUT_E
from minex.rules.language import RuleSet, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Doc

_POS = {"VB": "verb", "NN": "noun", "JJ": "adjective", "RB": "adjective"}

_LOST_E = re.compile(
    r"(?:[cvuz]|(?<!s)s|(?<!n)(?<!g)g|[ae]ng|(?<![aeiourwl])l|(?<!o)at|(?<![aeo])ut|(?<![ou])ot|(?<![aeo])ir"
    r"|(?<!o)ur|(?<!e)ar|(?<![eo])ad|(?<![aoe])id|(?<!o)ud|(?<!o)od|(?<![aeo])ik|(?<![eo])ak|(?<!o)ok|(?<![eo])am"
    r"|(?<!a)im|(?<!o)om|um|(?<![aeo])in|ib|eas|ie|yp)$"
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$|(?<=[aeiou][^aeiou][aeiou]l)l$|(?<=[^aeiou]{2}ol)l$")
_PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*")
_GLUED = re.compile(r"(up|down|over|under|co|trans)-(?=[a-z]{4})")


class Lemmas:
    """Gives the lemma of a word, with the trigger words of some rules.

    Examples:
        >>> from minex.rules.load import load
        >>> lemmas = Lemmas(load())
        >>> [lemmas.of(*word) for word in [("down-regulates", "VBZ"), ("Targeting", "VBG"), ("metastases", "NNS")]]
        ['downregulate', 'target', 'metastasis']
    """

    def __init__(self, rules: RuleSet | None = None) -> None:
        self._triggers: Mapping[str, Iterable[Trigger]] = rules.triggers if rules else {}
        self.of = lru_cache(maxsize=1 << 16)(self._of)

    def _of(self, word: str, tag: str = "") -> str:
        """Return the lemma of a word with its Penn tag; a name is its own."""
        low = word.lower().replace("‐", "-").replace("‑", "-")
        if tag in ("NNP", "NN", "FW", "SYM", "CD") and not low.isascii():
            return word
        glued = _GLUED.sub(r"\1", low)
        pos = _POS.get(tag[:2], "")
        if pos and (found := self._trigger(glued, pos)):
            return found
        # A tagger takes "down-regulates" for a plural; no noun of the rules is written so.
        if tag == "NNS" and (found := self._trigger(glued, "verb", "VBZ")):
            return found
        if pos == "verb":
            return VERBS.get(low) or (_verb(glued, tag) if _PLAIN.fullmatch(low) else "") or word
        if tag in ("NNS", "NNPS"):
            return NOUNS.get(low) or _noun(word) or word
        if tag in ("MD", "RB", "JJR", "JJS", "RBR", "RBS") and low in OTHER:
            return OTHER[low]
        if tag.startswith("NN") or not low.isalpha():
            return low if _PLAIN.fullmatch(low) and word[1:].islower() and tag == "NN" else word
        return low

    def _trigger(self, form: str, pos: str, tag: str = "") -> str:
        triggers = (trigger for trigger in self._triggers.get(form, ()) if trigger.pos == pos)
        return next((trigger.lemma for trigger in triggers if not tag or tag in trigger.tags), "")


def _verb(form: str, tag: str) -> str:
    """Undo a regular ending."""
    if tag == "VBZ" and form.endswith("s") and not form.endswith("ss"):
        if form.endswith("ies") and len(form) > 4:
            return form[:-3] + "y"
        return form[:-2] if form.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")) else form[:-1]
    if tag in ("VBD", "VBN") and form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    if tag in ("VBD", "VBN") and form.endswith("eed"):
        return form[:-1]  # agreed
    for ending, tags in (("ing", ("VBG",)), ("ed", ("VBD", "VBN"))):
        if form.endswith(ending) and tag in tags and len(form) > len(ending) + 1:
            return _whole(form[: -len(ending)])
    return form


def _whole(stem: str) -> str:
    """Return the base of a stem before *-ing* or *-ed*."""
    if stem in WITH_E:
        return stem + "e"
    if stem in WITHOUT_E:
        return stem
    for prefix in (
        "re",
        "over",
        "pre",
        "co",
        "un",
        "up",
        "down",
        "under",
        "geno",
        "pheno",
        "im",
        "de",
        "dis",
        "mis",
    ):
        rest = stem.removeprefix(prefix)
        if rest != stem and rest in WITH_E:
            return stem + "e"
        if rest != stem and rest in WITHOUT_E:
            return stem
    if _DOUBLED.search(stem) and len(stem) > 3:
        return stem[:-1]
    return stem + "e" if _LOST_E.search(stem) else stem


def _noun(word: str) -> str:
    """Undo a plural; a name keeps its case: *TAMs*, *miRNAs*."""
    if not word.isalpha() or not word[1:].islower():
        return word[:-1] if word.endswith("s") and len(word) > 2 else word
    low = word.lower()
    for ending, singular in (
        ("yses", "ysis"),
        ("oses", "osis"),
        ("eses", "esis"),
        ("stases", "stasis"),
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("sses", "ss"),
        ("xes", "x"),
        ("uses", "us"),
        ("cae", "ca"),
        ("ci", "cus"),
        ("lei", "leus"),
        ("li", "lus"),
    ):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return low[: -len(ending)] + singular
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


@Language.factory("minex_lemmas", assigns=["token.lemma"], requires=["token.tag"])
def create_lemmas(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component `minex_lemmas`, which needs tags before it.

    Examples:
        >>> import spacy
        >>> from spacy.tokens import Doc
        >>> nlp = spacy.blank("en")
        >>> doc = Doc(nlp.vocab, words=["miR-21", "targeting", "of", "PTEN"], tags=["NN", "VBG", "IN", "NN"])
        >>> [token.lemma_ for token in create_lemmas(nlp, "minex_lemmas")(doc)]
        ['miR-21', 'target', 'of', 'PTEN']
    """
    from minex.rules.load import load

    lemmas = Lemmas(load())

    def set_lemmas(doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = lemmas.of(token.text, token.tag_)
        return doc

    return set_lemmas
