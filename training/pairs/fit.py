"""Fit the weights of pairs, `minex/extraction/pairs/weights.npz`, on the annotated sentences.

    python training/pairs/fit.py PATH/TO/DATA [--updates FOLDER] [--test]

on the three quarters of the documents that may be read: figures on the fourth are of unseen text. Multinomial
logistic regression (scikit-learn, for fitting alone) over the features of `minex/extraction/pairs`. Told by class:
how many claims a limit gives where no rule joins the pair, and how many are right; and of rules' claims how many
are right by what the weights say of them. The limits in `reader.py` were read off there.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from annotated import Looked, Said, look, sources

from minex.extraction.pairs.features import features_of
from minex.extraction.pairs.model import BUNDLED, NOTHING, PairModel, fitted
from minex.extraction.pairs.reader import RULE, UNDOUBTED, PairReader, candidates
from minex.extraction.pairs.words import SentenceWords
from minex.extraction.select import said_by
from minex.model import Span
from minex.pipeline import Pipeline

INVERSE_PENALTY = 0.1
RAREST = 5
"""A feature of fewer pairs says nothing that can be trusted."""
STEPS = 120
LIMITS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Instance:
    """A pair of mentions: its features and what is said of it."""

    features: list[str]
    label: str


def label(first: Span, second: Span, said: Sequence[Said]) -> str:
    """Return the class of a pair of spans, the first standing before the second."""
    for each in said:
        way = ">" if (each.subject, each.object) == (first, second) else "<"
        if {each.subject, each.object} == {first, second}:
            return "~" if each.code == "~" else {"t": "-"}.get(each.code, each.code) + way
    return NOTHING


def instances(pipeline: Pipeline, looked: Looked, reader: PairReader) -> list[Instance]:
    """Return the pairs of one sentence that have a label.

    A concept that is named twice has its statement at one mention; of the other nothing is known.
    """
    trace = pipeline.extractor.trace(
        looked.source.document, looked.mentions, looked.part, looked.parses, near=False
    )
    said = said_by(trace.claims)
    means = {frozenset((each.subject.key, each.object.key)) for each in trace.claims if each.rule in UNDOUBTED}
    stated, keys, found = looked.pairs(), looked.keys, []
    for parse in looked.parses if looked.part.worth else ():
        if parse is None:
            continue
        words = None
        for first, second in candidates(parse):
            if first.mention is None or second.mention is None:
                continue
            one, other = first.mention.span, second.mention.span
            if one not in keys or other not in keys:
                continue
            pair = frozenset((keys[one], keys[other]))
            name = label(one, other, stated.get(pair, []))
            if name == NOTHING and (pair in stated or pair in means):
                continue
            words = words or SentenceWords(reader.vocabulary, parse, looked.source.document.text)
            found.append(Instance(features_of(words, first, second, said), name))
    return found


def fit(items: Sequence[Instance]) -> PairModel:
    """Return the weights for some pairs."""
    counts = Counter(feature for each in items for feature in set(each.features))
    names = sorted(feature for feature, count in counts.items() if count >= RAREST)
    rows = {name: row for row, name in enumerate(names)}
    places, ends = [], [0]
    for each in items:
        places.extend(sorted({rows[feature] for feature in each.features if feature in rows}))
        ends.append(len(places))
    matrix = csr_matrix((np.ones(len(places), np.float32), places, ends), shape=(len(items), len(names)))
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=STEPS)
    model.fit(matrix, [each.label for each in items])
    return fitted(model.classes_, names, model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))


def report(pipeline: Pipeline, held: Sequence[Looked], model: PairModel) -> None:
    """Print what the weights would add and doubt, on documents that they were not fitted on."""
    everything = dict.fromkeys("~=cd+-u", 0.0)
    added: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    doubted: list[tuple[float, bool]] = []
    extractor = pipeline.extractor
    reader = PairReader(extractor.matcher, extractor.reader.assertion, model, limits=everything)
    for each in held:
        document, text = each.source.document, each.source.document.text
        trace = extractor.trace(document, each.mentions, each.part, each.parses, near=False)
        said = said_by(trace.claims)
        read = [reader.read(parse, text, said) for parse in each.parses if parse is not None and each.part.worth]
        claims = [claim for one in read for claim in one.claims]
        for settled, _, right in each.judged(claims):
            sign = {1: "+", -1: "-", 0: "="}[settled.claim.sign]
            name = {"up_in": "u", "down_in": "d", "carried_by": "c", "associated_with": "~", "binds": "~"}
            added[name.get(settled.claim.predicate, sign)].append((settled.claim.sure or 0.0, right))
        likely = {what: value for one in read for what, value in one.likely.items()}
        for settled, _, right in each.judged(trace.claims):
            claim = settled.claim
            value = likely.get((claim.subject.key, claim.object.key, claim.sign, claim.predicate))
            if value is not None and claim.rule != RULE:
                doubted.append((value, right))
    for name, claims_of in sorted(added.items()):
        print(
            name,
            "   ".join(_share([right for sure, right in claims_of if sure >= limit], limit) for limit in LIMITS),
        )
    print("rules' claims by what the weights say of them:")
    for low, high in ((0, 0.02), (0.02, 0.05), (0.05, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.9), (0.9, 1.01)):
        print(f"  {low} to {high}:", _share([right for value, right in doubted if low <= value < high], low))


def _share(right: Sequence[bool], limit: float) -> str:
    return f"{limit}: {sum(right)} of {len(right)}" + (f" = {sum(right) / len(right):.2f}" if right else "")


def looked_at(pipeline: Pipeline, data: Path, updates: Path, cache: Path | None) -> list[Looked]:
    """Return all annotated sentences, parsed; from a file if it is there, for parsing takes minutes."""
    if cache is not None and cache.is_file():
        found: Any = pickle.loads(cache.read_bytes())  # noqa: S301
        return list(found)
    found = list(look(pipeline, sources(data, updates)))
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return list(found)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--updates", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--cache", type=Path, help="where the parsed sentences are kept between two calls")
    parser.add_argument("--test", action="store_true", help="print figures, leave the shipped weights alone")
    options = parser.parse_args(arguments)
    pipeline = Pipeline(weigh=False)
    sentences = looked_at(pipeline, options.data, options.updates, options.cache)
    empty = PairModel((NOTHING,), {}, np.zeros((0, 1), np.float32), np.zeros(1, np.float32))
    reader = PairReader(pipeline.extractor.matcher, pipeline.extractor.reader.assertion, empty)
    wanted = [each for each in sentences if not each.source.held]
    items = [instance for each in wanted for instance in instances(pipeline, each, reader)]
    model = fit(items)
    print(f"{len(wanted)} sentences, {len(items)} pairs, {len(model.rows)} features kept")
    report(pipeline, [each for each in sentences if each.source.held], model)
    if not options.test:
        model.save(BUNDLED)
        print(BUNDLED, BUNDLED.stat().st_size)


if __name__ == "__main__":
    main()
