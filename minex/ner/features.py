"""What the NER sees of a sentence: its words, and for each what the lexicon makes of it.

The lexicon's word stands in two attributes that spaCy keeps for a token and nothing here uses otherwise: ENT_ID
for the mention that the tagger decided on, ENT_KB_ID for what the name may mean before anybody decided. Both
are read by the embedding like any other attribute, so that training and reading need no code of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from minex.model import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from minex.lexicon import Match

_WORD = re.compile(r"[^\W_]+|_|[^\w\s]")


def words(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Return where the words of a sentence are, every sign that is no letter or digit one of its own.

    The corpora that the NER learned from are cut so.

    Examples:
        >>> text = "MDA-MB-231 cells"
        >>> [text[start:end] for start, end in words(text)]
        ['MDA', '-', 'MB', '-', '231', 'cells']
    """
    return [(offset + match.start(), offset + match.end()) for match in _WORD.finditer(text)]


def document(
    vocab: Vocab,
    text: str,
    spans: Sequence[tuple[int, int]],
    mentions: Iterable[Mention],
    matches: Iterable[Match],
    offset: int = 0,
) -> Doc:
    """Return the Doc of a sentence whose words carry what the lexicon says of them.

    Parameters:
        text: the sentence.
        spans: its words; they and all the rest in offsets of the document.
        mentions: what the tagger found.
        matches: what the lexicon found.
        offset: where the sentence starts in the document.

    Examples:
        >>> import spacy
        >>> text = "miR-21 rose"
        >>> doc = document(spacy.blank("en").vocab, text, words(text), [Mention(0, 6, "miR-21", "MIRNA")], [])
        >>> [(token.text, token.ent_id_) for token in doc]
        [('miR', 'B-MIRNA'), ('-', 'I-MIRNA'), ('21', 'I-MIRNA'), ('rose', '')]
    """
    from spacy.tokens import Doc

    doc = Doc(
        vocab,
        words=[text[start - offset : end - offset] for start, end in spans],
        spaces=[text[end - offset : end - offset + 1] == " " for _, end in spans],
    )
    decided = ((mention.start, mention.end, mention.type) for mention in mentions)
    possible = ((match.start, match.end, _kinds(match)) for match in matches)
    for token, one, other in zip(doc, _labels(spans, decided), _labels(spans, possible), strict=True):
        token.ent_id_, token.ent_kb_id_ = one, other
    return doc


def _kinds(match: Match) -> str:
    """Return the types of what a name may mean, and whether lists doubt it."""
    first = match.candidates[0]
    kinds = sorted({str(candidate.type) for candidate in match.candidates})
    return f"{'+'.join(kinds)}{'?' if first.support or first.word else ''}"


def _labels(spans: Sequence[tuple[int, int]], named: Iterable[tuple[int, int, str]]) -> list[str]:
    labels = [""] * len(spans)
    stretches = sorted(named)
    at = 0
    for index, (start, end) in enumerate(spans):
        while at < len(stretches) and stretches[at][1] <= start:
            at += 1
        if at < len(stretches) and stretches[at][0] < end:
            labels[index] = f"{'B' if start <= stretches[at][0] else 'I'}-{stretches[at][2]}"
    return labels
