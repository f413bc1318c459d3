"""Measure minex's sentence boundaries on a treebank: exactly right spans among those given and those true.

python training/sentences.py ../shared/data/treebank/craft_dev.conllu.gz
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy

from minex.syntax import components  # noqa: F401  (registers the component)

ENDS = tuple(".!?:;\"')]")
PART = 60
"""Sentences a text: a treebank does not say where its papers begin."""


def sentences(path: Path) -> Iterator[str]:
    """Yield the sentences of a gzipped CoNLL-U file as they were written."""
    text = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
            elif not line.strip() and text:
                yield text.strip()
                text = ""


def measure(given: Iterable[str], *, headings: bool) -> tuple[float, float, float]:
    """Return precision, recall and F of sentence spans; with `headings`, these stand on lines of their own."""
    nlp = spacy.blank("en")
    nlp.add_pipe("minex_sentences")
    all_of_them = list(given)
    right = said = true = 0
    for start in range(0, len(all_of_them), PART):
        text, spans = "", set()
        for sentence in all_of_them[start : start + PART]:
            spans.add((len(text), len(text) + len(sentence)))
            text += sentence + ("\n" if headings and not sentence.endswith(ENDS) else " ")
        found = {(s.start_char, s.start_char + len(s.text.rstrip())) for s in nlp(text).sents if s.text.strip()}
        right, said, true = right + len(found & spans), said + len(found), true + len(spans)
    precision, recall = right / said, right / true
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("treebank", type=Path)
    treebank = parser.parse_args().treebank
    for headings in (True, False):
        figures = measure(sentences(treebank), headings=headings)
        where = "on lines of their own" if headings else "run into the text"
        print(f"headings {where}: " + ", ".join(f"{n} {f:.3f}" for n, f in zip("PRF", figures, strict=True)))


if __name__ == "__main__":
    main()
