"""The views: what minex is for people who ask in SQL. Only documents with status `active` count in them."""

from __future__ import annotations

from minex.store.review import REVIEW_EVIDENCE, REVIEW_TABLE, factor_in_cancer
from minex.store.verdict_tables import COUNTS_STILL, JUDGED

TRIPLE_NAMED = """
-- Each triple with the names of its concepts, as specific as the text was.
SELECT t.id, s.name AS subject, t.predicate, t.sign, o.name AS object,
       t.belief, t.evidence_count, t.document_count, t.negated_count, t.hedged_count, t.direct_count,
       t.first_year, t.last_year, t.rolled_belief, t.rolled_document_count, t.contrary_document_count,
       t.right_count, t.wrong_count,
       s.type AS subject_type, o.type AS object_type, t.subject AS subject_id, t.object AS object_id
FROM triple t
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
WHERE t.evidence_count > 0
"""

TRIPLE_ROLLED = """
-- Each triple once for every concept that its subject and its object belong to, themselves included:
-- asking for subject_asked = 'miR-21' also gives what is said of miR-21-3p, and the steps say that it did.
SELECT sa.name AS subject_asked, oa.name AS object_asked,
       n.*, su.steps AS subject_steps, ou.steps AS object_steps,
       su.ancestor AS subject_asked_id, ou.ancestor AS object_asked_id
FROM triple_named n
JOIN concept_ancestor su ON su.concept = n.subject_id
JOIN concept_ancestor ou ON ou.concept = n.object_id
JOIN concept sa ON sa.id = su.ancestor
JOIN concept oa ON oa.id = ou.ancestor
"""

MIRNA_TARGET = f"""
-- What each miRNA does to each gene, the predicates of one sign taken together.
SELECT subject AS mirna, object AS target,
       CASE sign WHEN -1 THEN 'represses' WHEN 1 THEN 'raises' ELSE 'unsigned' END AS effect,
       sign,
       (SELECT group_concat(predicate)
        FROM (SELECT DISTINCT p.predicate FROM triple p
              WHERE p.subject = n.subject_id AND p.object = n.object_id AND p.sign = n.sign
                AND p.evidence_count > 0
              ORDER BY p.predicate)) AS predicates,
       max(rolled_belief) AS belief,
       sum(evidence_count) AS evidence_count,
       max(rolled_document_count) AS document_count,
       max(contrary_document_count) AS contrary_document_count,
       sum(direct_count) AS direct_count,
       sum(negated_count) AS negated_count,
       sum(hedged_count) AS hedged_count,
       (SELECT group_concat(method)
        FROM (SELECT DISTINCT m.value AS method
              FROM triple t JOIN evidence e ON e.triple = t.id JOIN document d ON d.id = e.document,
                   json_each(e.method) m
              WHERE t.subject = n.subject_id AND t.object = n.object_id AND t.sign = n.sign
                AND d.status = 'active' AND {COUNTS_STILL}
              ORDER BY m.value)) AS methods,
       min(first_year) AS first_year, max(last_year) AS last_year,
       subject_id AS mirna_id, object_id AS target_id
FROM triple_named n
WHERE subject_type = 'MIRNA' AND object_type IN ('GENE', 'LNCRNA', 'MIRNA')
GROUP BY subject_id, object_id, sign
"""  # noqa: S608 - our own names

CANCER_FACTOR = """
-- Which factors are up or down in which cancer, promote or suppress it, or act in it.
SELECT f.name AS factor, f.type AS factor_type, c.name AS cancer,
       CASE WHEN l.other = l.cancer THEN l.predicate
            WHEN l.role = 'response' THEN 'responds_in'
            ELSE 'acts_in' END AS relation,
       CASE WHEN l.other = l.cancer THEN l.sign ELSE 0 END AS relation_sign,
       count(DISTINCT l.evidence) AS evidence_count,
       count(DISTINCT l.document) AS document_count,
       count(DISTINCT CASE WHEN l.negated THEN l.evidence END) AS negated_count,
       count(DISTINCT CASE WHEN l.hedged THEN l.evidence END) AS hedged_count,
       max(t.belief) AS belief,
       min(d.year) AS first_year, max(d.year) AS last_year,
       l.factor AS factor_id, l.cancer AS cancer_id
FROM factor_in_cancer l
JOIN concept f ON f.id = l.factor
JOIN concept c ON c.id = l.cancer
JOIN triple t ON t.id = l.triple
JOIN document d ON d.id = l.document
GROUP BY l.factor, l.cancer, relation
"""

CHANGES = """
-- What each run changed: triples that came, went, or have other evidence or another belief, and why.
SELECT c.run_id, r.started,
       CASE WHEN c.old_evidence_count = 0 THEN 'new triple'
            WHEN c.new_evidence_count = 0 THEN 'gone triple'
            WHEN c.new_evidence_count > c.old_evidence_count THEN 'more evidence'
            WHEN c.new_evidence_count < c.old_evidence_count THEN 'less evidence'
            ELSE 'other belief' END AS change,
       coalesce(s.name, g.subject_name) AS subject, coalesce(t.predicate, g.predicate) AS predicate,
       coalesce(t.sign, g.sign) AS sign, coalesce(o.name, g.object_name) AS object,
       c.new_evidence_count - c.old_evidence_count AS evidence_added,
       c.new_document_count - c.old_document_count AS documents_added,
       c.old_belief AS belief_before, c.new_belief AS belief, c.new_evidence_count AS evidence_count,
       (SELECT group_concat(reason, '; ')
        FROM (SELECT DISTINCT k.reason FROM change_cause k
              WHERE k.run_id = c.run_id AND k.triple = c.triple ORDER BY k.reason)) AS reasons,
       c.triple AS triple_id
FROM triple_change c
JOIN run r ON r.id = c.run_id
LEFT JOIN triple t ON t.id = c.triple
LEFT JOIN concept s ON s.id = t.subject
LEFT JOIN concept o ON o.id = t.object
LEFT JOIN gone_triple g ON g.id = c.triple
WHERE (c.old_belief, c.old_evidence_count, c.old_document_count)
   <> (c.new_belief, c.new_evidence_count, c.new_document_count)
"""

VIEWS: dict[str, str] = {
    name: sql.strip()
    for name, sql in (
        ("judged", JUDGED),
        ("triple_named", TRIPLE_NAMED),
        ("triple_rolled", TRIPLE_ROLLED),
        ("mirna_target", MIRNA_TARGET),
        ("factor_in_cancer", factor_in_cancer()),
        ("cancer_factor", CANCER_FACTOR),
        ("review_table", REVIEW_TABLE),
        ("review_evidence", REVIEW_EVIDENCE),
        ("changes", CHANGES),
    )
}
"""Each view's SQL, in an order in which views are made after those that they use."""
