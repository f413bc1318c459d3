"""Train the bundled model from a path to the treebank, measure it, and write it where the package ships it.

python training/train.py ../shared/data/treebank            # an hour on one core
python training/train.py ../shared/data/treebank --export-only --work build/training
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import spacy
from prepare import main_prepare
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.training import Example

from minex.syntax import tokenizer  # noqa: F401  (registers the tokenizer)

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "minex" / "syntax" / "model"
SEED = 7
MAX_MEGABYTES = 15


def measure(model: Path, dev: Path) -> dict[str, float]:
    """Return the scores on predicted tokens; spaCy leaves punctuation out of attachment scores."""
    nlp = spacy.load(model)
    docs = list(DocBin().from_disk(dev).get_docs(nlp.vocab))
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    return {name: round(scores[name], 4) for name in ("token_f", "tag_acc", "dep_uas", "dep_las")}


def export(best: Path, dev: Path) -> None:
    """Write the best model with its figures, its sources and the licence that they ask for."""
    scores = measure(best, dev)
    nlp = spacy.load(best)
    nlp.meta.update(
        name="minex_craft",
        version="0.1.0",
        description="Tagger and dependency parser for biomedical text, CLEAR labels.",
        author="The minex founders",
        license="CC BY 3.0",
        sources=[
            {
                "name": "CRAFT corpus, treebank",
                "license": "CC BY 3.0",
                "author": "Bada et al. 2012, doi 10.1186/1471-2105-13-161; Verspoor et al. 2012, "
                "doi 10.1186/1471-2105-13-207",
            }
        ],
        performance=scores,
    )
    nlp.to_disk(SHIPPED)
    megabytes = sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) / 1e6
    print(json.dumps(scores), f"{megabytes:.1f} MB")
    if megabytes > MAX_MEGABYTES:
        raise SystemExit(f"the model is larger than {MAX_MEGABYTES} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("treebank", type=Path, help="folder with craft_train.conllu.gz and craft_dev.conllu.gz")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--export-only", action="store_true", help="measure and write what was trained before")
    arguments = parser.parse_args()
    corpus, output = arguments.work / "corpus", arguments.work / "model"
    main_prepare(arguments.treebank, corpus)
    if not arguments.export_only:
        overrides = {
            "paths.train": str(corpus / "train.spacy"),
            "paths.dev": str(corpus / "dev.spacy"),
            "system.seed": SEED,
        }
        train(HERE / "config.cfg", output, overrides=overrides)
    export(output / "model-best", corpus / "dev.spacy")


if __name__ == "__main__":
    main()
