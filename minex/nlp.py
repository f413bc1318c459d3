"""The bundled model as a spaCy pipeline, for programs that want `Doc`s: sentences, tags, trees and lemmas.

A minex run does not use this: it splits documents itself, masks names, and parses only what can matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def load(name_or_path: str | None = None) -> Language:
    """Return the bundled model, or another pipeline, with minex's sentence boundaries and lemmas.

    Parameters:
        name_or_path: a spaCy pipeline in place of the bundled one, as `--model` takes it.

    Raises:
        ModelError: if the pipeline is not installed or cannot be used.

    Examples:
        >>> doc = load()("Hypoxia down-regulates miR-34a (Fig. 2). Mice were overexpressing HIF1A.")
        >>> [sentence.text for sentence in doc.sents]
        ['Hypoxia down-regulates miR-34a (Fig. 2).', 'Mice were overexpressing HIF1A.']
        >>> [token.lemma_ for token in doc if token.tag_.startswith("VB")]
        ['downregulate', 'be', 'overexpress']
    """
    # Importing these registers the components.
    from minex.rules import lemmas  # noqa: F401
    from minex.syntax import components  # noqa: F401
    from minex.syntax.pipeline import load as load_model

    nlp = load_model(name_or_path).nlp
    nlp.add_pipe("minex_compounds", first=True)
    nlp.add_pipe("minex_sentences", first=True)
    nlp.add_pipe("minex_lemmas", last=True)
    return nlp
