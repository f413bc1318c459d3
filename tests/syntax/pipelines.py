"""Small spaCy pipelines on disk, with the labels of one scheme or another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from tests.syntax.schemes import SENTENCES


def write(
    folder: Path,
    *,
    universal: bool = True,
    seed: int = 1,
    components: Sequence[str] = ("tagger", "parser"),
    meta: dict[str, Any] | None = None,
) -> Path:
    """Write a pipeline that has learned nothing, and give its folder."""
    fix_random_seed(seed)
    nlp = spacy.blank("en")
    for name in components:
        # So few sentences have no label that is frequent.
        nlp.add_pipe(name, config={"min_action_freq": 1} if name == "parser" else {})
    docs = [sentence.doc(universal) for sentence in SENTENCES]
    nlp.initialize(
        lambda: [
            Example(
                Doc(nlp.vocab, words=[token.text for token in doc]),
                Doc(
                    nlp.vocab,
                    words=[token.text for token in doc],
                    tags=[token.tag_ for token in doc],
                    heads=[token.head.i for token in doc],
                    deps=[token.dep_ for token in doc],
                ),
            )
            for doc in docs
        ]
    )
    nlp.meta["name"] = "small"
    nlp.to_disk(folder)
    if meta:
        file = folder / "meta.json"
        file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | meta), encoding="utf-8")
    return folder
