"""The questions that are asked often, as SQL with names for parameters: Datasette's canned queries.

A parameter takes a name in any case, or a concept's id, and collects what is below: *lung cancer* also gives what
is said of its subtypes. An empty one that may be empty asks for all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LIMIT = 500
"""How many rows an answer has at the most: more is no answer that a person reads."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for; `example` stands in the field, and is asked where nothing was given."""

    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words and in SQL."""

    title: str
    text: str
    sql: str
    parameters: dict[str, Parameter] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()


def _below(parameter: str, table: str = "asked") -> str:
    """Return a common table: the concepts that a name means, and all below them."""
    return f"""{table} AS MATERIALIZED (
    SELECT DISTINCT a.concept
    FROM concept c CROSS JOIN concept_ancestor a ON a.ancestor = c.id
    WHERE c.name = :{parameter} COLLATE NOCASE OR c.id = :{parameter}
)"""  # noqa: S608 - our own names


# CROSS JOIN keeps SQLite to the order in which tables are named: from what is asked to what is said of it. Names
# come last, for the rows that are shown.
_COUNTS = """t.evidence_count AS evidence, round(t.rolled_belief, 3) AS belief,
       t.rolled_document_count AS documents, t.contrary_document_count AS against, t.first_year, t.last_year,
       t.id AS triple"""


def _said(side: str) -> str:
    """Return the SQL for all that is said of a concept on one side of triples."""
    return f"""WITH {_below("name")}
SELECT s.name AS subject, t.predicate, o.name AS object, {_COUNTS}
FROM (SELECT t.* FROM asked CROSS JOIN triple t ON t.{side} = asked.concept
      WHERE t.evidence_count > 0
      ORDER BY t.rolled_belief DESC, t.evidence_count DESC, t.id
      LIMIT {LIMIT}) t
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
ORDER BY t.rolled_belief DESC, t.evidence_count DESC, t.id"""  # noqa: S608


TARGETS = f"""WITH {_below("mirna")},
pair AS (
    SELECT t.subject, t.object, t.sign, sum(t.evidence_count) AS evidence, max(t.rolled_belief) AS belief,
           max(t.rolled_document_count) AS documents, max(t.contrary_document_count) AS against,
           sum(t.direct_count) AS direct, min(t.first_year) AS first_year, max(t.last_year) AS last_year,
           group_concat(t.predicate, ', ') AS predicates,
           -- Of the predicates of one sign, the triple with most evidence.
           substr(max(printf('%09d', t.evidence_count) || t.id), 10) AS triple
    FROM asked CROSS JOIN triple t ON t.subject = asked.concept
    WHERE t.evidence_count > 0
    GROUP BY t.subject, t.object, t.sign
)
SELECT s.name AS mirna,
       CASE p.sign WHEN -1 THEN 'represses' WHEN 1 THEN 'raises' ELSE 'acts on' END AS effect,
       o.name AS target, o.type AS target_type, p.evidence, round(p.belief, 3) AS belief, p.documents, p.against,
       p.direct, p.first_year, p.last_year, p.predicates, p.triple
FROM (SELECT p.* FROM pair p CROSS JOIN concept o ON o.id = p.object
      WHERE o.type IN ('GENE', 'LNCRNA', 'MIRNA')
      ORDER BY p.belief DESC, p.documents DESC, p.evidence DESC, p.triple
      LIMIT {LIMIT}) p
JOIN concept s ON s.id = p.subject
JOIN concept o ON o.id = p.object
ORDER BY p.belief DESC, p.documents DESC, p.evidence DESC, p.triple"""  # noqa: S608

# Papers that do not count, and evidence that a person judged wrong, are few: an index counts, these are left out.
_NOT_COUNTING = """not_counting AS MATERIALIZED (
    SELECT e.nr FROM document d CROSS JOIN evidence e ON e.document = d.id WHERE d.status <> 'active'
    UNION ALL
    SELECT e.nr FROM judged j CROSS JOIN evidence e ON e.id = j.evidence WHERE j.verdict <> 'right'
)"""

FACTORS = f"""WITH {_below("cancer")},
{_NOT_COUNTING},
-- What is said of a factor in the cancer itself, and how often it acts where the cancer is the context.
said AS (
    SELECT t.subject AS factor, t.predicate, t.document_count AS documents, t.evidence_count AS evidence,
           t.rolled_belief AS belief
    FROM asked CROSS JOIN triple t ON t.object = asked.concept
    WHERE t.evidence_count > 0
    UNION ALL
    SELECT x.subject, 'acts_in', NULL, count(*), NULL
    FROM context x
    WHERE x.concept IN asked AND x.slot = 'cancer' AND x.evidence NOT IN not_counting
    GROUP BY x.subject
),
counted AS (
    SELECT factor,
           sum(iif(predicate = 'up_in', documents, 0)) AS up,
           sum(iif(predicate = 'down_in', documents, 0)) AS down,
           sum(iif(predicate IN ('promotes', 'activates', 'increases'), documents, 0)) AS promotes,
           sum(iif(predicate IN ('suppresses', 'inhibits', 'decreases', 'targets'), documents, 0)) AS suppresses,
           sum(iif(predicate = 'acts_in', evidence, 0)) AS acts_in,
           sum(evidence) AS evidence, max(belief) AS belief
    FROM said GROUP BY factor
)
SELECT c.name AS factor, c.type, up, down, promotes, suppresses, acts_in, evidence, round(belief, 3) AS belief,
       c.id AS concept
FROM counted CROSS JOIN concept c ON c.id = counted.factor
WHERE c.type IN ('MIRNA', 'GENE', 'LNCRNA', 'CHEMICAL')
ORDER BY evidence DESC, belief DESC, c.name
LIMIT {LIMIT}"""  # noqa: S608

_CONTESTED = "t.sign = 1 AND t.contrary_document_count > 0 AND t.rolled_document_count > 0"

CONTRADICTIONS = f"""WITH {_below("name")},
contested AS (
    SELECT * FROM (
        SELECT t.id, t.subject, t.object, t.rolled_document_count, t.rolled_belief, t.last_year FROM triple t
        WHERE :name = '' AND {_CONTESTED}
        ORDER BY min(t.rolled_document_count, t.contrary_document_count) DESC LIMIT {4 * LIMIT})
    UNION ALL
    SELECT t.id, t.subject, t.object, t.rolled_document_count, t.rolled_belief, t.last_year
    FROM triple t WHERE :name <> '' AND t.subject IN asked AND {_CONTESTED}
    UNION ALL
    SELECT t.id, t.subject, t.object, t.rolled_document_count, t.rolled_belief, t.last_year
    FROM triple t WHERE :name <> '' AND t.object IN asked AND {_CONTESTED}
),
pair AS (
    SELECT up.subject, up.object, up.rolled_document_count AS raises, down.rolled_document_count AS lowers,
           max(up.rolled_belief) AS belief_raises, max(down.rolled_belief) AS belief_lowers,
           max(up.last_year, down.last_year) AS last_year, up.id AS triple_raises, down.id AS triple_lowers
    FROM contested up
    CROSS JOIN triple down ON down.subject = up.subject AND down.object = up.object AND down.sign = -1
                          AND down.rolled_document_count > 0
    GROUP BY up.subject, up.object
    ORDER BY min(raises, lowers) DESC, raises + lowers DESC, up.subject, up.object
    LIMIT {LIMIT}
)
SELECT s.name AS subject, o.name AS object, raises, lowers, round(belief_raises, 3) AS belief_raises,
       round(belief_lowers, 3) AS belief_lowers, last_year, triple_raises, triple_lowers
FROM pair JOIN concept s ON s.id = pair.subject JOIN concept o ON o.id = pair.object
ORDER BY min(raises, lowers) DESC, raises + lowers DESC, pair.subject, pair.object"""  # noqa: S608

EVIDENCE = f"""WITH {_below("subject", "of_subject")},
{_below("object", "of_object")}
SELECT e.nr, s.name AS subject, e.predicate, o.name AS object, e.sentence, d.year, d.pmid, e.document,
       e.negated, e.hedged, e.origin, e.confidence, e.triple
FROM of_subject CROSS JOIN of_object
CROSS JOIN triple t ON t.subject = of_subject.concept AND t.object = of_object.concept
CROSS JOIN evidence e ON e.triple = t.id
JOIN document d ON d.id = e.document AND d.status = 'active'
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
ORDER BY d.year DESC, e.confidence DESC, e.nr
LIMIT {LIMIT}"""  # noqa: S608

# Runs are numbered in the order of their time.
NEW = f"""SELECT s.name AS subject, t.predicate, o.name AS object, {_COUNTS},
       t.run_id AS run, substr(r.started, 1, 10) AS found
FROM triple t
CROSS JOIN run r ON r.id = t.run_id
CROSS JOIN concept s ON s.id = t.subject
CROSS JOIN concept o ON o.id = t.object
WHERE t.run_id >= (SELECT min(id) FROM run WHERE started >= date('now', '-' || cast(:days AS INTEGER) || ' days'))
  AND t.evidence_count > 0
ORDER BY t.run_id DESC, t.rolled_belief DESC
LIMIT {LIMIT}"""  # noqa: S608

VESICLES = f"""WITH {_below("vesicle")},
{_NOT_COUNTING},
said AS (
    SELECT t.subject AS factor, t.document_count AS carried, 0 AS seen
    FROM asked CROSS JOIN triple t ON t.object = asked.concept AND t.predicate = 'carried_by'
    WHERE t.evidence_count > 0
    UNION ALL
    SELECT x.subject, 0, count(*)
    FROM context x
    WHERE x.concept IN asked AND x.slot = 'vesicle' AND x.evidence NOT IN not_counting
    GROUP BY x.subject
)
SELECT c.name AS factor, c.type, sum(carried) AS carried, sum(seen) AS seen, c.id AS concept
FROM said CROSS JOIN concept c ON c.id = said.factor
WHERE c.type IN ('MIRNA', 'GENE', 'LNCRNA', 'CHEMICAL')
GROUP BY said.factor
ORDER BY carried DESC, seen DESC, c.name
LIMIT {LIMIT}"""  # noqa: S608

QUESTIONS: dict[str, Question] = {
    "targets_of_a_mirna": Question(
        "Targets of a miRNA",
        "Which genes, lncRNAs and miRNAs it acts on, the surest first. *Documents* say so, those *against* deny "
        "it or say the opposite.",
        TARGETS,
        {"mirna": Parameter("miRNA", "miR-21")},
    ),
    "factors_of_a_cancer": Question(
        "Factors of a cancer",
        "Which miRNAs, genes, lncRNAs and chemicals are up or down in it, promote or suppress it (in how many "
        "documents), or act in it (in how many pieces of evidence).",
        FACTORS,
        {"cancer": Parameter("Cancer", "lung cancer")},
    ),
    "what_it_does": Question(
        "What hypoxia (or anything else) does",
        "Everything that is said of it as the one that acts, the surest first.",
        _said("subject"),
        {"name": Parameter("Condition, factor or vesicle", "hypoxia")},
    ),
    "what_acts_on_it": Question(
        "What acts on a gene, a process, a cancer",
        "Everything that is said of it as the one that something is done to, the surest first.",
        _said("object"),
        {"name": Parameter("Gene, miRNA, process or cancer", "angiogenesis")},
    ),
    "evidence_of_a_triple": Question(
        "Evidence for a pair",
        "Every sentence that says something of the one doing something to the other, the newest first.",
        EVIDENCE,
        {"subject": Parameter("What acts", "miR-21"), "object": Parameter("On what", "PTEN")},
    ),
    "contradictions": Question(
        "Contradictions",
        "Pairs of which some documents say that the one raises the other, and some that it lowers it; those that "
        "are most evenly contested first. With a name, only its own.",
        CONTRADICTIONS,
        {"name": Parameter("Name (may be empty)", "")},
        frozenset({"name"}),
    ),
    "seen_in_vesicles": Question(
        "Factors in exosomes",
        "What vesicles are said to carry, in how many documents, and what acts where they were seen, in how many "
        "pieces of evidence.",
        VESICLES,
        {"vesicle": Parameter("Vesicle", "exosome")},
    ),
    "new_this_month": Question(
        "New this month",
        "Triples that runs of these days found first: the newest run first, in each the surest first.",
        NEW,
        {"days": Parameter("Days", "31")},
    ),
}
"""Each question by the name that its address has."""
