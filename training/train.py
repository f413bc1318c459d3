"""Train the bundled model from a path to the treebank, measure it, and write it where the package ships it.

Four stages: the treebank as it is; mixed with itself as minex shows it; with sentences of abstracts as well; and
with sentences put together from the parts of both (`compose.py`).

python training/train.py ../shared/data/treebank --texts pubmed21n1298.xml.gz      # three hours on one core
python training/train.py ../shared/data/treebank --export-only --work build/training
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from compose import compose
from prepare import SPLITS, Masker, Node, dress, main_prepare, read_sentences, to_doc, vary
from silver import silver
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.training import Example
from thinc.api import Config

from minex.syntax import tokenizer  # noqa: F401  (registers the tokenizer)

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "minex" / "syntax" / "model"
SEED = 7
TUNING_RATE = 0.0005
TUNING_STEPS = 1500
MIXED_STEPS = 500
"""Of the steps on the mixed set; the rate is still high then, the last stage lowers it."""
COMPOSED_STEPS = 2400
COMPOSED = 14_000
"""Sentences put together from the treebank's parts, and as many from those of abstracts."""
VARIED_SHARE = 0.6
MAX_MEGABYTES = 11


def tuning_config(base: Path, steps: int = TUNING_STEPS) -> Config:
    """Return a later stage's settings: an earlier one's weights, a learn rate that falls to nothing."""
    config = Config().from_disk(HERE / "config.cfg", interpolate=False)
    config["components"] = {name: {"source": str(base)} for name in config["nlp"]["pipeline"]}
    config["training"].update(max_steps=steps, patience=0)
    config["training"]["batcher"]["size"] = 1000
    config["training"]["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1",
        "warmup_steps": 100,
        "total_steps": max(steps, TUNING_STEPS) + 50,
        "initial_rate": TUNING_RATE,
    }
    return config


def run_stage(config: Config, train_on: Path, dev: Path, output: Path) -> Path:
    """Train one stage and return its best model on a dev set."""
    output.mkdir(parents=True, exist_ok=True)
    config.to_disk(output / "settings.cfg")
    paths = {"paths.train": str(train_on), "paths.dev": str(dev)}
    train(output / "settings.cfg", output, overrides={**paths, "system.seed": SEED})
    return output / "model-best"


def run_stages(corpus: Path, treebank: Path, texts: Sequence[Path], work: Path) -> None:
    """Train `work/base`, `work/mixed` and, if there are texts, two more; `work/model` is the last of them."""
    plain = Config().from_disk(HERE / "config.cfg", interpolate=False)
    base = run_stage(plain, corpus / "train.spacy", corpus / "dev.spacy", work / "base")
    both = corpus / "both_dev.spacy"
    steps = MIXED_STEPS if texts else TUNING_STEPS
    last = run_stage(tuning_config(base, steps), corpus / "mixed.spacy", both, work / "mixed")
    if texts:
        main_silver(base, texts, corpus)
        last = run_stage(tuning_config(last), corpus / "all.spacy", both, work / "silver")
        main_composed(last, treebank, texts, corpus)
        last = run_stage(tuning_config(last, COMPOSED_STEPS), corpus / "composed.spacy", both, work / "composed")
    shutil.rmtree(work / "model", ignore_errors=True)
    shutil.copytree(last, work / "model")


def main_silver(base: Path, texts: Sequence[Path], corpus: Path) -> None:
    """Write all: the mixed set, and sentences of the texts with the trees that the first model agrees on."""
    nlp, chance = spacy.load(base), random.Random(SEED)  # noqa: S311
    docs = [to_doc(nlp.vocab, dress(nodes, chance)) for nodes in silver(nlp, texts, SEED)]
    print(f"silver: {len(docs):,} sentences, {sum(map(len, docs)):,} tokens")
    everything = DocBin().from_disk(corpus / "mixed.spacy")
    everything.merge(DocBin(docs=docs))
    everything.to_disk(corpus / "all.spacy")


def main_composed(model: Path, treebank: Path, texts: Sequence[Path], corpus: Path) -> None:
    """Write composed: the mixed set, agreed trees of abstracts, and sentences put together of both."""
    nlp, chance = spacy.load(model), random.Random(SEED)  # noqa: S311
    masker = Masker(nlp)
    pools = [
        [masker(nodes) for nodes in read_sentences(treebank / SPLITS["train"])],
        list(silver(nlp, texts, SEED + 1)),
    ]
    made = [nodes for pool in pools for nodes in put_together(pool, COMPOSED, chance)]
    docs = [to_doc(nlp.vocab, dress(nodes, chance)) for nodes in pools[1]]
    docs += [to_doc(nlp.vocab, nodes) for nodes in made]
    print(f"silver and composed: {len(docs):,} sentences, {sum(map(len, docs)):,} tokens")
    everything = DocBin().from_disk(corpus / "mixed.spacy")
    everything.merge(DocBin(docs=docs))
    everything.to_disk(corpus / "composed.spacy")
    dev = [masker(nodes) for nodes in read_sentences(treebank / SPLITS["dev"])]
    held = put_together(dev, 1_500, random.Random(SEED + 2))  # noqa: S311
    DocBin(docs=[to_doc(nlp.vocab, nodes) for nodes in held]).to_disk(corpus / "composed_dev.spacy")


def put_together(pool: Sequence[Sequence[Node]], count: int, chance: random.Random) -> Iterator[list[Node]]:
    """Yield sentences of a pool's parts, some with names and verbs of the field in them."""
    for nodes in compose(pool, count, chance):
        yield vary(nodes, chance) if chance.random() < VARIED_SHARE else dress(nodes, chance)


def measure(model: Path, dev: Path) -> dict[str, float]:
    """Return the scores on predicted tokens; spaCy leaves punctuation out of attachment scores."""
    nlp = spacy.load(model)
    docs = list(DocBin().from_disk(dev).get_docs(nlp.vocab))
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    return {name: round(scores[name], 4) for name in ("token_f", "tag_acc", "dep_uas", "dep_las")}


def export(model: Path, corpus: Path) -> None:
    """Write a model with its figures, its sources and the licence that they ask for."""
    scores = measure(model, corpus / "dev.spacy")
    for part in ("masked", "varied", *(["composed"] if (corpus / "composed_dev.spacy").exists() else [])):
        found = measure(model, corpus / f"{part}_dev.spacy")
        scores.update({f"{part}_{name}": score for name, score in found.items()})
    nlp = spacy.load(model)
    nlp.meta.update(
        name="minex_craft",
        version="0.3.0",
        description="Tagger and dependency parser for biomedical text in which mentions are masked, CLEAR labels.",
        author="The minex founders",
        license="CC BY 3.0",
        sources=[
            {
                "name": "CRAFT corpus, treebank",
                "license": "CC BY 3.0",
                "author": "Bada et al. 2012, doi 10.1186/1471-2105-13-161; Verspoor et al. 2012, "
                "doi 10.1186/1471-2105-13-207",
            },
            {
                "name": "Sentences of PubMed's citations, with trees that the model itself agreed on",
                "license": "terms of the National Library of Medicine; none of the text is in the model",
                "author": "courtesy of the U.S. National Library of Medicine",
            },
        ],
        performance=scores,
    )
    nlp.config["paths"].update(train=None, dev=None)
    nlp.to_disk(SHIPPED)
    # The parser looks words up by their hashes; the words of the texts that it learned from need not be shipped.
    labels = {label for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    (SHIPPED / "vocab" / "strings.json").write_text(json.dumps(sorted(labels), indent=0), encoding="utf-8")
    megabytes = sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) / 1e6
    print(json.dumps(nlp.meta["performance"]), f"{megabytes:.1f} MB")
    if megabytes > MAX_MEGABYTES:
        raise SystemExit(f"the model is larger than {MAX_MEGABYTES} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("treebank", type=Path, help="folder with craft_train.conllu.gz and craft_dev.conllu.gz")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="files with abstracts, of any format")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--export-only", action="store_true", help="measure and write what was trained before")
    arguments = parser.parse_args()
    corpus = arguments.work / "corpus"
    main_prepare(arguments.treebank, corpus, SEED)
    if not arguments.export_only:
        run_stages(corpus, arguments.treebank, arguments.texts, arguments.work)
    export(arguments.work / "model", corpus)


if __name__ == "__main__":
    main()
