"""The views: what minex is for people who ask in SQL. Only documents with status `active` count in them."""

from __future__ import annotations

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

FACTOR_IN_CANCER = f"""
-- Each piece of evidence with the factor that it speaks of and the cancer in which it does.
-- `role` says what it tells of the factor: function, mechanism, response, vesicle, level or other.
WITH said AS (
    SELECT e.nr AS evidence, e.document, e.triple, e.predicate, e.sign, e.negated, e.hedged,
           t.subject, t.object, s.type AS subject_type, o.type AS object_type
    FROM evidence e
    JOIN document d ON d.id = e.document AND d.status = 'active'
    JOIN triple t ON t.id = e.triple
    JOIN concept s ON s.id = t.subject
    JOIN concept o ON o.id = t.object
    WHERE {COUNTS_STILL}
),
of_factor AS (
    -- The factor acts: it is the subject.
    SELECT evidence, document, triple, predicate, sign, negated, hedged, subject AS factor, object AS other,
           CASE WHEN object_type = 'PROCESS' THEN 'function'
                WHEN object_type IN ('GENE', 'MIRNA', 'LNCRNA', 'CHEMICAL') THEN 'mechanism'
                WHEN object_type = 'VESICLE' THEN 'vesicle'
                WHEN object_type = 'CANCER' THEN 'level'
                ELSE 'other' END AS role
    FROM said
    WHERE subject_type IN ('MIRNA', 'GENE', 'LNCRNA')
    UNION ALL
    -- A condition changes the factor: it is the object.
    SELECT evidence, document, triple, predicate, sign, negated, hedged, object, subject, 'response'
    FROM said
    WHERE subject_type = 'CONDITION' AND object_type IN ('MIRNA', 'GENE', 'LNCRNA')
)
-- The cancer of the context, and the cancer that is the object itself; one row where both are the same.
SELECT f.*, c.concept AS cancer
FROM of_factor f
JOIN context c ON c.evidence = f.evidence AND c.slot = 'cancer'
UNION
SELECT f.*, f.other AS cancer
FROM of_factor f
WHERE f.role = 'level'
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

REVIEW_TABLE = """
-- The table of a review: one row a factor and cancer. Negated evidence makes no cell.
WITH said AS MATERIALIZED (
    SELECT * FROM factor_in_cancer WHERE negated = 0
),
-- How many documents say each thing; a thing of which the opposite is said too keeps both counts.
counted AS (
    SELECT factor, cancer, role, other, sign,
           CASE WHEN sign = 0 THEN predicate END AS unsigned, count(DISTINCT document) AS documents
    FROM said
    WHERE role IN ('function', 'mechanism')
    GROUP BY factor, cancer, role, other, sign, unsigned
),
-- That a factor regulates what it is also said to inhibit adds nothing to the cell.
cell AS MATERIALIZED (
    SELECT * FROM (SELECT *, max(abs(sign)) OVER (PARTITION BY factor, cancer, role, other) AS signed FROM counted)
    WHERE sign <> 0 OR NOT signed
),
worded AS (
    SELECT c.factor, c.cancer, c.role,
           CASE WHEN c.unsigned = 'associated_with' THEN 'is associated with'
                WHEN c.unsigned = 'carried_by' THEN 'is carried by'
                WHEN c.sign = 0 THEN c.unsigned
                WHEN c.role = 'function' THEN iif(c.sign = 1, 'promotes', 'suppresses')
                ELSE iif(c.sign = 1, 'increases', 'inhibits') END AS verb,
           n.name || iif(c.sign <> 0 AND a.documents, printf(' (%d against %d)', c.documents, a.documents), '')
               AS thing
    FROM cell c
    JOIN concept n ON n.id = c.other
    LEFT JOIN cell a ON a.factor = c.factor AND a.cancer = c.cancer AND a.role = c.role
                    AND a.other = c.other AND a.sign = -c.sign
),
-- inhibits EGLN1, EGLN2 and TJP1: a comma before each but the first, an *and* before the last.
placed AS (
    SELECT *, row_number() OVER list AS place,
           count(*) OVER (PARTITION BY factor, cancer, role, verb) AS places
    FROM worded
    WINDOW list AS (PARTITION BY factor, cancer, role, verb ORDER BY thing)
),
phrase AS (
    SELECT DISTINCT factor, cancer, role,
           verb || ' ' || group_concat(
               CASE WHEN place = 1 THEN thing WHEN place = places THEN ' and ' || thing ELSE ', ' || thing END,
               '') OVER (PARTITION BY factor, cancer, role, verb ORDER BY place
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words
    FROM placed
),
words AS (
    SELECT DISTINCT factor, cancer, role,
           group_concat(words, '; ') OVER (PARTITION BY factor, cancer, role ORDER BY words
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words
    FROM phrase
),
-- Hypoxia, or any condition below it, raises or lowers the factor.
response AS (
    SELECT s.factor, s.cancer,
           count(DISTINCT CASE WHEN s.sign = 1 THEN s.document END) AS up,
           count(DISTINCT CASE WHEN s.sign = -1 THEN s.document END) AS down
    FROM said s
    WHERE s.role = 'response'
      AND EXISTS (SELECT 1 FROM concept_ancestor a JOIN concept n ON n.id = a.ancestor
                  WHERE a.concept = s.other AND n.name LIKE '%hypoxi%')
    GROUP BY s.factor, s.cancer
),
-- In which vesicles it was seen: by context, or because a triple says that they carry it.
vesicle AS (
    SELECT factor, cancer,
           CASE WHEN max(name LIKE '%exosom%') THEN 'exosomal'
                WHEN max(name LIKE '%microvesic%') THEN 'microvesicular'
                ELSE 'vesicular' END AS adjective
    FROM (
        SELECT s.factor, s.cancer, n.name
        FROM said s
        JOIN context x ON x.evidence = s.evidence AND x.slot = 'vesicle'
        JOIN concept n ON n.id = x.concept
        UNION
        SELECT s.factor, s.cancer, n.name
        FROM said s JOIN concept n ON n.id = s.other
        WHERE s.role = 'vesicle'
    )
    GROUP BY factor, cancer
),
reference AS (
    SELECT DISTINCT factor, cancer,
           group_concat(coalesce(pmid, document), ', ') OVER (
               PARTITION BY factor, cancer ORDER BY year, document
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS pmids
    FROM (SELECT DISTINCT s.factor, s.cancer, s.document, d.pmid, d.year
          FROM said s JOIN document d ON d.id = s.document)
),
row_of AS (
    SELECT s.factor, s.cancer, count(DISTINCT s.evidence) AS evidence_count,
           count(DISTINCT s.document) AS document_count, max(t.rolled_belief) AS belief,
           min(d.year) AS first_year, max(d.year) AS last_year
    FROM said s
    JOIN triple t ON t.id = s.triple
    JOIN document d ON d.id = s.document
    GROUP BY s.factor, s.cancer
)
SELECT iif(v.adjective IS NULL, f.name, v.adjective || ' ' || f.name) AS factor,
       c.name AS cancer,
       CASE WHEN p.up > 0 AND p.down > 0 THEN printf('increased (%d) and decreased (%d)', p.up, p.down)
            WHEN p.up > 0 THEN 'increased'
            WHEN p.down > 0 THEN 'decreased'
            ELSE 'not reported' END AS response_to_hypoxia,
       coalesce(bf.words, '') AS biological_function,
       coalesce(me.words, '') AS mechanism,
       r.evidence_count, r.document_count, r.belief, ref.pmids, r.first_year, r.last_year,
       f.name AS factor_name, f.type AS factor_type, coalesce(v.adjective, '') AS vesicle,
       r.factor AS factor_id, r.cancer AS cancer_id
FROM row_of r
JOIN concept f ON f.id = r.factor
JOIN concept c ON c.id = r.cancer
JOIN reference ref ON ref.factor = r.factor AND ref.cancer = r.cancer
LEFT JOIN vesicle v ON v.factor = r.factor AND v.cancer = r.cancer
LEFT JOIN response p ON p.factor = r.factor AND p.cancer = r.cancer
LEFT JOIN words bf ON bf.factor = r.factor AND bf.cancer = r.cancer AND bf.role = 'function'
LEFT JOIN words me ON me.factor = r.factor AND me.cancer = r.cancer AND me.role = 'mechanism'
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
        ("factor_in_cancer", FACTOR_IN_CANCER),
        ("cancer_factor", CANCER_FACTOR),
        ("review_table", REVIEW_TABLE),
        ("changes", CHANGES),
    )
}
"""Each view's SQL, in an order in which views are made after those that they use."""
