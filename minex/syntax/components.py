"""Parts of minex for spaCy pipelines: sentence boundaries, and compounds as the rules know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from minex.syntax.mask import compounds
from minex.syntax.sentences import split

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.component("minex_sentences", assigns=["token.is_sent_start", "doc.sents"])
def set_sentences(doc: Doc) -> Doc:
    """Mark where sentences start; a parser after it keeps to them.

    Examples:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> _ = nlp.add_pipe("minex_sentences")
        >>> [sentence.text for sentence in nlp("E. coli grew at 5.5 h (Fig. 2). miR-21 rose.").sents]
        ['E. coli grew at 5.5 h (Fig. 2).', 'miR-21 rose.']
    """
    starts = iter([span.start for span in split(doc.text)])
    start = next(starts, None)
    for token in doc:
        begins = False
        # A token may begin before a sentence that starts within it: white space, or a stop that was not split off.
        while start is not None and token.idx + len(token) > start and not token.is_space:
            begins, start = True, next(starts, None)
        token.is_sent_start = begins or token.i == 0
    return doc


@Language.component("minex_compounds", retokenizes=True)
def merge_compounds(doc: Doc) -> Doc:
    """Make one token of *down-regulated*, *up regulation* and *3' UTR*, which tokenizers cut.

    The parser of a minex run is shown them so; NORM is the word that it sees.

    Examples:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> _ = nlp.add_pipe("minex_compounds")
        >>> [(token.text, token.norm_) for token in nlp("miR-21 down-regulates PTEN")][1:]
        [('down-regulates', 'downregulates'), ('PTEN', 'pten')]
    """
    with doc.retokenize() as retokenizer:
        for start, end, word in compounds(doc.text):
            span = doc.char_span(start, end)
            if span is not None and len(span) > 1:
                retokenizer.merge(span, attrs={"NORM": word.lower()})
    return doc
