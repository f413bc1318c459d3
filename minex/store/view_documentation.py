"""What every view and its columns mean."""

from __future__ import annotations

from minex.store.described import COUNTS, DOUBTS, YEARS, Described
from minex.store.verdict_tables import JUDGED_COUNTS, JUDGED_DESCRIBED

_NAMED = {
    "id": "Id of the triple.",
    "subject": "Name of the concept that acts.",
    "predicate": "What it does.",
    "sign": "+1 raises, -1 lowers, 0 says neither.",
    "object": "Name of the concept that it is done to.",
    **COUNTS,
    **JUDGED_COUNTS,
    "subject_type": "Type of the subject.",
    "object_type": "Type of the object.",
    "subject_id": "Concept id of the subject.",
    "object_id": "Concept id of the object.",
}

VIEWS: dict[str, Described] = {
    "judged": JUDGED_DESCRIBED,
    "triple_named": Described("Each triple with the names of its concepts, as specific as the text was.", _NAMED),
    "triple_rolled": Described(
        "Each triple once for every concept that its subject and object belong to: ask here for *miR-21* or *lung "
        "cancer* to collect what is below. Filter by what is asked; without a filter, triples come many times.",
        {
            "subject_asked": "Name of the subject or of a concept above it.",
            "object_asked": "Name of the object or of a concept above it.",
            **_NAMED,
            "subject_steps": "Steps from the subject up to what was asked; 0 if it is the same.",
            "object_steps": "Steps from the object up to what was asked; 0 if it is the same.",
            "subject_asked_id": "Concept id of `subject_asked`.",
            "object_asked_id": "Concept id of `object_asked`.",
        },
    ),
    "mirna_target": Described(
        "What each miRNA does to each gene, predicates of one sign taken together.",
        {
            "mirna": "Name of the miRNA.",
            "target": "Name of the gene, lncRNA or miRNA.",
            "effect": "`represses`, `raises` or `unsigned`.",
            "sign": "-1, 1 or 0.",
            "predicates": "The predicates that texts use.",
            "belief": "Belief in (miRNA, sign, target).",
            "evidence_count": "Pieces of evidence, negated and hedged ones included.",
            "document_count": "Documents that affirm it.",
            "contrary_document_count": "Documents that deny it or affirm the opposite.",
            "direct_count": "Pieces of evidence for direct binding.",
            **DOUBTS,
            "methods": "Experiments that prove it.",
            **YEARS,
            "mirna_id": "Concept id of the miRNA.",
            "target_id": "Concept id of the target.",
        },
    ),
    "factor_in_cancer": Described(
        "Each piece of evidence with the factor that it speaks of and the cancer in which it does.",
        {
            "evidence": "`nr` of the evidence.",
            "document": "Its document.",
            "triple": "Its triple.",
            "predicate": "The predicate.",
            "sign": "The sign.",
            "negated": "1 if the sentence denies it.",
            "hedged": "1 if the sentence only suggests it.",
            "factor": "Concept id of the miRNA, gene or lncRNA.",
            "other": "Concept id of the other end of the triple.",
            "role": (
                "What is told of the factor: `function` (a process, or the cancer itself), `mechanism` (a "
                "molecule), `response` (to a condition), `vesicle`, `level` (up or down in the cancer) or `other`."
            ),
            "cancer": "Concept id of the cancer.",
        },
    ),
    "cancer_factor": Described(
        "Which factors are up or down in which cancer, promote or suppress it, or act in it.",
        {
            "factor": "Name of the miRNA, gene or lncRNA.",
            "factor_type": "Its type.",
            "cancer": "Name of the cancer.",
            "relation": (
                "`up_in`, `down_in`, `promotes`, `suppresses` or another predicate with the cancer as object; "
                "`acts_in` or `responds_in` where the cancer is the context."
            ),
            "relation_sign": "Sign of the relation; 0 for a context.",
            "evidence_count": "Pieces of evidence.",
            "document_count": "Documents.",
            **DOUBTS,
            "belief": "The best belief of the triples behind it.",
            **YEARS,
            "factor_id": "Concept id of the factor.",
            "cancer_id": "Concept id of the cancer.",
        },
    ),
    "review_table": Described(
        "The table of a review: one row a factor and cancer. Denials make no row; in a cell they count against "
        "it. `minex table` asks the same for some factors, cancers or a query, and faster.",
        {
            "factor": "Name of the factor, with its vesicle: *exosomal miR-135b*.",
            "cancer": "Name of the cancer.",
            "response_to_hypoxia": (
                "`increased`, `decreased`, both with counts of documents, or `not reported`; *increased (2 "
                "against 1)* where a document denies it."
            ),
            "biological_function": "Processes in words: *promotes angiogenesis and migration*.",
            "mechanism": (
                "Targets in words: *inhibits EGLN1, EGLN2 and TJP1*. What is contradicted says by how many "
                "documents: *inhibits PTEN (2 against 1)*."
            ),
            "evidence_count": "Pieces of evidence behind the row, denials included.",
            "document_count": "Documents behind the row.",
            "belief": "The best belief of the triples behind the row.",
            "pmids": "References, by year: PMIDs, or the document's id where there is none.",
            **YEARS,
            "level_in_cancer": "`increased` or `decreased` in the cancer, or both; empty if not said.",
            "contradicted": "How many things in the row's cells are also denied, or said the other way round.",
            **DOUBTS,
            "factor_name": "Name of the factor alone.",
            "factor_type": "Type of the factor.",
            "vesicle": "`exosomal`, `microvesicular`, `vesicular` or empty.",
            "factor_id": "Concept id of the factor.",
            "cancer_id": "Concept id of the cancer.",
            "row_id": "Id of the row, which stays the same: the two concept ids with an `@` between them.",
        },
    ),
    "review_evidence": Described(
        "Which evidence stands behind which cell of `review_table`, the one against it included.",
        {
            "row_id": "Id of the row of `review_table`.",
            "cell": (
                "The row's column that it bears on: `response_to_hypoxia`, `biological_function`, `mechanism`, "
                "`level_in_cancer`, `factor` (for its vesicle); empty for none."
            ),
            **{name: _NAMED[name] for name in ("subject", "predicate", "sign", "object")},
            "negated": "1 if the sentence denies it.",
            "hedged": "1 if the sentence only suggests it.",
            "sentence": "The sentence, as in the paper.",
            "document": "Its document.",
            "pmid": "PMID of the document.",
            "year": "Year of the document.",
            "confidence": "How sure the piece of evidence is.",
            "belief": "Belief in (subject, sign, object) over all documents.",
            "evidence_nr": "`nr` of the evidence.",
            "evidence_id": "Id of the evidence, which stays the same.",
            "triple_id": "Id of its triple.",
            "subject_id": "Concept id of the subject.",
            "object_id": "Concept id of the object.",
            "factor_id": "Concept id of the factor.",
            "cancer_id": "Concept id of the cancer.",
        },
    ),
    "changes": Described(
        "What each run changed: triples that came, went, or have other evidence or another belief, and why. "
        "`minex diff` tells more, over any number of runs.",
        {
            "run_id": "The run.",
            "started": "When it began, UTC.",
            "change": "`new triple`, `gone triple`, `more evidence`, `less evidence` or `other belief`.",
            **{name: _NAMED[name] for name in ("subject", "predicate", "sign", "object")},
            "evidence_added": "Pieces of evidence more than before the run; less if below 0.",
            "documents_added": "Documents more than before the run.",
            "belief_before": "Belief before the run.",
            "belief": "Belief after it.",
            "evidence_count": "Pieces of evidence after it.",
            "reasons": "Why: the reasons of `change_cause`, each once.",
            "triple_id": "Id of the triple.",
        },
    ),
}
