"""English inflection for trigger words: an entry is one base form, a text has all of them.

Regular morphology, after Huddleston & Pullum, *The Cambridge Grammar of the English Language* (2002), ch. 18;
irregular forms stand in the entry itself: `rise (rose, risen)`.
"""

from __future__ import annotations

import re

_VOWELS = "aeiou"
# Verbs stressed on their last syllable double the consonant; that cannot be told from spelling.
_DOUBLING = re.compile(r"(?:^|[^aeiou])(?:[aeiou][bdgmnprt])$")
_UNSTRESSED = ("er", "en", "et", "it", "or", "on", "elop")
_STRESSED = ("confer", "infer", "deter", "transfer", "permit", "admit", "abet", "refer")


def _spellings(word: str) -> list[str]:
    spellings = [word]
    for american, british in (("iz", "is"), ("or", "our"), ("lyz", "lys")):
        if american == "or" or not re.search(rf"{american}(?:e|ation)$", word):
            continue
        spellings.append(re.sub(rf"{american}(e|ation)$", rf"{british}\1", word))
    return spellings


def _doubles(word: str) -> bool:
    if len(word) <= 4:
        return bool(_DOUBLING.search(word))
    return word in _STRESSED or (bool(_DOUBLING.search(word)) and not word.endswith(_UNSTRESSED))


def verb_forms(base: str, irregular: tuple[str, ...] = ()) -> dict[str, frozenset[str]]:
    """Return a verb's forms, each with the Penn tags that it can have.

    Examples:
        >>> sorted(verb_forms("inhibit"))
        ['inhibit', 'inhibited', 'inhibiting', 'inhibits']
        >>> sorted(verb_forms("develop"))[1]
        'developed'
        >>> sorted(verb_forms("knock", ()))[1]
        'knocked'
    """
    forms: dict[str, set[str]] = {}

    def add(form: str, *tags: str) -> None:
        forms.setdefault(form, set()).update(tags)

    for word in _spellings(base):
        add(word, "VB", "VBP")
        if word.endswith(("s", "x", "z", "ch", "sh", "o")):
            add(word + "es", "VBZ")
        elif word.endswith("y") and word[-2] not in _VOWELS:
            add(word[:-1] + "ies", "VBZ")
        else:
            add(word + "s", "VBZ")
        if word.endswith("e") and not word.endswith(("ee", "oe")):
            stem = word[:-1]
            past = word + "d"
        elif word.endswith("y") and word[-2] not in _VOWELS:
            stem, past = word, word[:-1] + "ied"
        elif _doubles(word):
            stem = word + word[-1]
            past = stem + "ed"
        else:
            stem, past = word, word + "ed"
        add(stem + "ing", "VBG")
        if irregular:
            for form in irregular:
                add(form, "VBD", "VBN")
        else:
            add(past, "VBD", "VBN")
            if word.endswith("l"):  # signalled, signalling
                add(word + "led", "VBD", "VBN")
                add(word + "ling", "VBG")
    return {form: frozenset(tags) for form, tags in forms.items()}


def noun_forms(base: str, irregular: tuple[str, ...] = ()) -> frozenset[str]:
    """Return a noun's singular and plural.

    Examples:
        >>> sorted(noun_forms("activity"))
        ['activities', 'activity']
    """
    forms: set[str] = set(irregular)
    for word in _spellings(base):
        forms.add(word)
        if irregular:
            continue
        if word.endswith(("s", "x", "z", "ch", "sh")):
            forms.add(word + "es")
        elif word.endswith("y") and word[-2:-1] not in _VOWELS:
            forms.add(word[:-1] + "ies")
        else:
            forms.add(word + "s")
    return frozenset(forms)
