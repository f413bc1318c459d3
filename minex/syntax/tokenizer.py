"""The tokenizer: scispaCy's rules, with hyphens and slashes between words split off.

CRAFT's treebank splits *hypoxia-induced* into three tokens, and that split is what lets the parser
attach *induced* to its noun and *hypoxia* to *induced*. scispaCy keeps such compounds whole. Gene and
miRNA names, which must not be split, never reach this tokenizer: they are masked as one token first.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import registry

if TYPE_CHECKING:
    from spacy.language import Language

_WORDISH = r"A-Za-z0-9\)\]\(\[µα-ωΑ-Ω%"
_SPLIT = rf"(?<=[{_WORDISH}+])(?:[-–—‑−/:])(?=[{_WORDISH}+])"


@registry.tokenizers("minex.tokenizer.v1")
def create_tokenizer() -> Callable[[Language], Any]:
    """Return a factory for the tokenizer, as spaCy's config asks for it.

    Examples:
        >>> import spacy
        >>> nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "minex.tokenizer.v1"}}})
        >>> [token.text for token in nlp("hypoxia-induced exosomes")]
        ['hypoxia', '-', 'induced', 'exosomes']
    """

    def make(nlp: Language) -> Any:
        from scispacy.custom_tokenizer import combined_rule_tokenizer

        # scispaCy copies its token_match from the pipeline's present tokenizer, and there is none yet.
        nlp.tokenizer = Tokenizer(nlp.vocab, token_match=nlp.Defaults.token_match)
        with warnings.catch_warnings():
            # Python warns of a "possible set union" in one of scispaCy's patterns; it is harmless.
            warnings.simplefilter("ignore", FutureWarning)
            theirs = combined_rule_tokenizer(nlp)
            infixes = cast(Any, theirs.infix_finditer).__self__.pattern
            prefixes = cast(Any, theirs.prefix_search).__self__.pattern
            # Made anew: a tokenizer reads all its exceptions again for every part of it that is set.
            return Tokenizer(
                nlp.vocab,
                rules=theirs.rules,
                prefix_search=re.compile(f"{prefixes}|^[−+~-]").search,
                suffix_search=theirs.suffix_search,
                infix_finditer=re.compile(f"{infixes}|{_SPLIT}").finditer,
                token_match=theirs.token_match,
                url_match=theirs.url_match,
            )

    return make
