"""The SQL of a review's table: once as views over everything, and narrowed to what somebody asks for.

Both are made of the same text. A view has to be computed whole before its rows can be chosen; asked through
:func:`narrowed`, the evidence is chosen first, by indexes, and the same table made of that alone.
"""

from __future__ import annotations

from minex.store.sync_tables import STILL_FOUND
from minex.store.verdict_tables import COUNTS_STILL

_FACTOR_IN_CANCER = f"""
-- Each piece of evidence with the factor that it speaks of and the cancer in which it does.
-- `role` says what it tells of the factor: function, mechanism, response, vesicle, level or other.
WITH said AS (
    SELECT e.nr AS evidence, e.document, e.triple, e.predicate, e.sign, e.negated, e.hedged,
           t.subject, t.object, s.type AS subject_type, o.type AS object_type
    FROM evidence e
    JOIN document d ON d.id = e.document AND d.status = 'active' AND {COUNTS_STILL}
    JOIN triple t ON t.id = e.triple
    JOIN concept s ON s.id = t.subject
    JOIN concept o ON o.id = t.object{{scope}}
),
of_factor AS (
    -- The factor acts: it is the subject.
    SELECT evidence, document, triple, predicate, sign, negated, hedged, subject AS factor, object AS other,
           object_type,
           CASE WHEN predicate IN ('up_in', 'down_in') THEN 'level'
                WHEN object_type IN ('PROCESS', 'CANCER') THEN 'function'
                WHEN object_type IN ('GENE', 'MIRNA', 'LNCRNA', 'CHEMICAL') THEN 'mechanism'
                WHEN object_type = 'VESICLE' THEN 'vesicle'
                ELSE 'other' END AS role
    FROM said
    WHERE subject_type IN ('MIRNA', 'GENE', 'LNCRNA')
    UNION ALL
    -- A condition changes the factor: it is the object.
    SELECT evidence, document, triple, predicate, sign, negated, hedged, object, subject, subject_type, 'response'
    FROM said
    WHERE subject_type = 'CONDITION' AND object_type IN ('MIRNA', 'GENE', 'LNCRNA')
)
-- The cancer of the context, and the cancer that is the object itself; one row where both are the same.
SELECT f.evidence, f.document, f.triple, f.predicate, f.sign, f.negated, f.hedged, f.factor, f.other, f.role,
       c.concept AS cancer
FROM of_factor f
JOIN context c ON c.evidence = f.evidence AND c.slot = 'cancer'
UNION
SELECT f.evidence, f.document, f.triple, f.predicate, f.sign, f.negated, f.hedged, f.factor, f.other, f.role,
       f.other
FROM of_factor f
WHERE f.object_type = 'CANCER'
"""  # noqa: S608 - our own names

# What somebody asks for narrows the evidence: each condition is answered by an index.
_SCOPES = {
    "factors": """
    t.id IN (SELECT id FROM triple WHERE subject IN (SELECT key FROM json_each(:factors))
             UNION ALL
             SELECT id FROM triple WHERE object IN (SELECT key FROM json_each(:factors)))""",
    "cancers": """
    e.nr IN (SELECT evidence FROM context
             WHERE slot = 'cancer' AND concept IN (SELECT key FROM json_each(:cancers))
             UNION ALL
             SELECT x.nr FROM triple y JOIN evidence x ON x.triple = y.id
             WHERE y.object IN (SELECT key FROM json_each(:cancers)))""",
    # Narrow rows of an index and of `context` are looked at before the wide ones of `evidence`.
    "both": """
    e.nr IN (SELECT x.nr FROM triple y JOIN evidence x ON x.triple = y.id
             WHERE y.id IN (SELECT id FROM triple WHERE subject IN (SELECT key FROM json_each(:factors))
                            UNION ALL
                            SELECT id FROM triple WHERE object IN (SELECT key FROM json_each(:factors)))
               AND (y.object IN (SELECT key FROM json_each(:cancers))
                    OR EXISTS (SELECT 1 FROM context
                               WHERE evidence = x.nr AND slot = 'cancer'
                                 AND concept IN (SELECT key FROM json_each(:cancers)))))""",
    "query": f"""
    e.document IN (SELECT document FROM query_hit WHERE query = :query AND {STILL_FOUND})""",  # noqa: S608
}

_NARROWED = """
WITH factor_in_cancer AS (
    SELECT {distinct} evidence, document, triple, predicate, sign, negated, hedged, other, role,
           {factor} AS factor, {cancer} AS cancer
    FROM ({evidence})
    WHERE {kept}
),
"""

REVIEW_TABLE = """
-- The table of a review: one row a factor and cancer. Denials make no row; in a cell they count against it.
WITH said AS MATERIALIZED (
    SELECT evidence, document, triple, predicate, sign, negated, hedged, factor, cancer, other,
           -- Hypoxia and what is below it is one thing, and so is the level in the cancer.
           iif(role IN ('response', 'level'), '', other) AS thing,
           CASE WHEN role <> 'response'
                  OR EXISTS (SELECT 1 FROM concept_ancestor a JOIN concept n ON n.id = a.ancestor
                             WHERE a.concept = f.other AND n.name LIKE '%hypoxi%')
                THEN role ELSE 'other' END AS role
    FROM factor_in_cancer f
),
affirmed AS MATERIALIZED (
    SELECT DISTINCT factor, cancer FROM said WHERE NOT negated
),
-- Of each thing, how many documents say that it goes up and down, and how many speak against that: by denying it,
-- or by saying the opposite.
counted AS MATERIALIZED (
    SELECT factor, cancer, role, thing,
           count(DISTINCT iif(sign = 1 AND NOT negated, document, NULL)) AS up,
           count(DISTINCT iif(sign = -1 AND NOT negated, document, NULL)) AS down,
           count(DISTINCT iif(sign = iif(negated, 1, -1), document, NULL)) AS not_up,
           count(DISTINCT iif(sign = iif(negated, -1, 1), document, NULL)) AS not_down
    FROM said
    WHERE sign <> 0 AND role IN ('function', 'mechanism', 'response', 'level')
    GROUP BY factor, cancer, role, thing
),
unsigned AS (
    SELECT factor, cancer, role, thing, predicate,
           count(DISTINCT iif(negated, NULL, document)) AS documents,
           count(DISTINCT iif(negated, document, NULL)) AS contrary
    FROM said
    WHERE sign = 0 AND role IN ('function', 'mechanism')
    GROUP BY factor, cancer, role, thing, predicate
),
cell AS (
    SELECT factor, cancer, role, thing, iif(role = 'function', 'promotes', 'increases') AS verb,
           up AS documents, not_up AS contrary
    FROM counted WHERE up AND role IN ('function', 'mechanism')
    UNION ALL
    SELECT factor, cancer, role, thing, iif(role = 'function', 'suppresses', 'inhibits'), down, not_down
    FROM counted WHERE down AND role IN ('function', 'mechanism')
    UNION ALL
    -- That a factor regulates what it is also said to inhibit adds nothing to the cell.
    SELECT u.factor, u.cancer, u.role, u.thing,
           CASE u.predicate WHEN 'associated_with' THEN 'is associated with' WHEN 'carried_by' THEN 'is carried by'
                            ELSE u.predicate END,
           u.documents, u.contrary
    FROM unsigned u
    LEFT JOIN counted c ON c.factor = u.factor AND c.cancer = u.cancer AND c.role = u.role AND c.thing = u.thing
    WHERE u.documents AND NOT coalesce(c.up OR c.down, 0)
),
worded AS (
    SELECT c.factor, c.cancer, c.role, c.verb,
           n.name || iif(c.contrary, printf(' (%d against %d)', c.documents, c.contrary), '') AS words
    FROM cell c
    JOIN concept n ON n.id = c.thing
),
-- inhibits EGLN1, EGLN2 and TJP1: a comma before each but the first, an *and* before the last.
placed AS (
    SELECT *, row_number() OVER list AS place,
           count(*) OVER (PARTITION BY factor, cancer, role, verb) AS places
    FROM worded
    WINDOW list AS (PARTITION BY factor, cancer, role, verb ORDER BY words)
),
phrase AS (
    SELECT DISTINCT factor, cancer, role,
           verb || ' ' || group_concat(
               CASE WHEN place = 1 THEN words WHEN place = places THEN ' and ' || words ELSE ', ' || words END,
               '') OVER (PARTITION BY factor, cancer, role, verb ORDER BY place
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words
    FROM placed
),
phrases AS (
    SELECT DISTINCT factor, cancer, role,
           group_concat(words, '; ') OVER (PARTITION BY factor, cancer, role ORDER BY words
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words
    FROM phrase
),
-- Response and level go up or down: increased (2) and decreased (1).
moved AS (
    SELECT factor, cancer, role,
           CASE WHEN up AND down THEN printf('increased (%d) and decreased (%d)', up, down)
                WHEN up AND not_up THEN printf('increased (%d against %d)', up, not_up)
                WHEN down AND not_down THEN printf('decreased (%d against %d)', down, not_down)
                WHEN up THEN 'increased'
                WHEN down THEN 'decreased' END AS words
    FROM counted
    WHERE role IN ('response', 'level')
),
text AS (
    SELECT factor, cancer, max(iif(role = 'function', words, NULL)) AS biological_function,
           max(iif(role = 'mechanism', words, NULL)) AS mechanism,
           max(iif(role = 'response', words, NULL)) AS response, max(iif(role = 'level', words, NULL)) AS level
    FROM (SELECT * FROM phrases UNION ALL SELECT * FROM moved)
    GROUP BY factor, cancer
),
disputed AS (
    SELECT factor, cancer, count(*) AS things
    FROM (SELECT factor, cancer FROM counted WHERE (up AND not_up) OR (down AND not_down)
          UNION ALL
          SELECT factor, cancer FROM unsigned WHERE documents AND contrary)
    GROUP BY factor, cancer
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
        WHERE NOT s.negated
        UNION
        SELECT s.factor, s.cancer, n.name
        FROM said s JOIN concept n ON n.id = s.other
        WHERE s.role = 'vesicle' AND NOT s.negated
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
           count(DISTINCT s.document) AS document_count,
           count(DISTINCT CASE WHEN s.negated THEN s.evidence END) AS negated_count,
           count(DISTINCT CASE WHEN s.hedged THEN s.evidence END) AS hedged_count,
           max(iif(s.negated, 0.0, t.rolled_belief)) AS belief,
           min(d.year) AS first_year, max(d.year) AS last_year
    FROM affirmed a
    JOIN said s ON s.factor = a.factor AND s.cancer = a.cancer
    JOIN triple t ON t.id = s.triple
    JOIN document d ON d.id = s.document
    GROUP BY s.factor, s.cancer
)
SELECT iif(v.adjective IS NULL, f.name, v.adjective || ' ' || f.name) AS factor,
       c.name AS cancer,
       coalesce(w.response, 'not reported') AS response_to_hypoxia,
       coalesce(w.biological_function, '') AS biological_function,
       coalesce(w.mechanism, '') AS mechanism,
       r.evidence_count, r.document_count, r.belief, ref.pmids, r.first_year, r.last_year,
       coalesce(w.level, '') AS level_in_cancer,
       coalesce(x.things, 0) AS contradicted, r.negated_count, r.hedged_count,
       f.name AS factor_name, f.type AS factor_type, coalesce(v.adjective, '') AS vesicle,
       r.factor AS factor_id, r.cancer AS cancer_id, r.factor || '@' || r.cancer AS row_id
FROM row_of r
JOIN concept f ON f.id = r.factor
JOIN concept c ON c.id = r.cancer
JOIN reference ref ON ref.factor = r.factor AND ref.cancer = r.cancer
LEFT JOIN vesicle v ON v.factor = r.factor AND v.cancer = r.cancer
LEFT JOIN text w ON w.factor = r.factor AND w.cancer = r.cancer
LEFT JOIN disputed x ON x.factor = r.factor AND x.cancer = r.cancer
"""

REVIEW_EVIDENCE = """
-- Which evidence stands behind which cell of review_table.
WITH placed AS (
    SELECT l.factor || '@' || l.cancer AS row_id,
           CASE WHEN l.role = 'function' THEN 'biological_function'
                WHEN l.role = 'mechanism' THEN 'mechanism'
                WHEN l.role = 'level' THEN 'level_in_cancer'
                WHEN l.role = 'vesicle' THEN 'factor'
                WHEN l.role = 'response'
                 AND EXISTS (SELECT 1 FROM concept_ancestor a JOIN concept n ON n.id = a.ancestor
                             WHERE a.concept = l.other AND n.name LIKE '%hypoxi%')
                THEN 'response_to_hypoxia' ELSE '' END AS cell,
           l.*
    FROM factor_in_cancer l
)
SELECT p.row_id, p.cell, s.name AS subject, p.predicate, p.sign, o.name AS object, p.negated, p.hedged,
       e.sentence, p.document, d.pmid, d.year, e.confidence, t.rolled_belief AS belief,
       p.evidence AS evidence_nr, e.id AS evidence_id, p.triple AS triple_id,
       t.subject AS subject_id, t.object AS object_id, p.factor AS factor_id, p.cancer AS cancer_id
FROM placed p
JOIN evidence e ON e.nr = p.evidence
JOIN document d ON d.id = p.document
JOIN triple t ON t.id = p.triple
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
"""


def factor_in_cancer(*asked: str) -> str:
    """Return the SQL of each piece of evidence with its factor and cancer.

    Parameters:
        asked: what narrows it: `factors`, `cancers`, `query`. Of each the SQL has a parameter of that name; the
            first two are JSON objects whose keys are concept ids, the third is the name of a saved query.
    """
    chosen = list(asked)
    if "factors" in chosen and "cancers" in chosen:
        chosen = ["both", *(each for each in asked if each not in ("factors", "cancers"))]
    scope = "\n    WHERE" + "\n    AND".join(_SCOPES[each] for each in chosen) if chosen else ""
    return _FACTOR_IN_CANCER.format(scope=scope)


def narrowed(sql: str, *asked: str, merge: bool = False) -> str:
    """Return the SQL of `review_table` or `review_evidence` for what is asked, as in :func:`factor_in_cancer`.

    Parameters:
        merge: evidence of a concept counts for the one that it was asked by: the JSON objects' values. Rows are
            then those that were asked for, and not those below them.
    """

    def name(column: str, asked_for: str) -> str:
        if not merge or asked_for not in asked:
            return column
        return f"(SELECT value FROM json_each(:{asked_for}) WHERE key = {column})"  # noqa: S608

    kept = " AND ".join(
        f"{column} IN (SELECT key FROM json_each(:{each}))"  # noqa: S608
        for column, each in (("factor", "factors"), ("cancer", "cancers"))
        if each in asked
    )
    head = _NARROWED.format(
        distinct="DISTINCT" if merge else "",
        factor=name("factor", "factors"),
        cancer=name("cancer", "cancers"),
        evidence=factor_in_cancer(*asked),
        kept=kept or "TRUE",
    )
    return sql.replace("WITH ", head.lstrip(), 1)
