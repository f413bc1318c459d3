"""The table of verdicts that people give on evidence, the view that tells which of them count, and their words."""

from __future__ import annotations

from minex.store.described import Described
from minex.store.sync_tables import Table

RIGHT = "right"
WRONG = "wrong"
SIGN = "sign"
VERDICTS = {
    RIGHT: "the sentence says this",
    WRONG: "it does not",
    SIGN: "it says it with another sign or denial",
}
"""What a piece of evidence may be judged, and what that means. Only a right one goes on to count."""

NEWEST = "(SELECT v.verdict FROM verdict v WHERE v.evidence = {0} ORDER BY v.time DESC, v.who DESC LIMIT 1)"
"""SQL for the verdict that counts on a piece of evidence with an id, null if nobody judged it."""

COUNTS_STILL = f"coalesce({NEWEST.format('e.id')}, '{RIGHT}') = '{RIGHT}'"
"""SQL for whether evidence `e` was not judged wrong."""

_PLACES = tuple(f"{what}_{side}" for what in ("sentence", "subject", "object") for side in ("start", "end"))

# The evidence may be gone, or come back: it is no foreign key, and the row says itself what was judged.
VERDICT_TABLES: dict[str, Table] = {
    "verdict": Table(
        {
            "evidence": str,
            "who": str,
            "verdict": str,
            "note": str,
            "time": str,
            "document": str,
            "triple": str,
            "subject": str,
            "predicate": str,
            "object": str,
            "sign": int,
            "negated": int,
            "sentence": str,
            **dict.fromkeys(_PLACES, int),
            "rule": str,
            "confidence": float,
        },
        key=("evidence", "who"),
        indexes=(("document",),),
    ),
}

JUDGED = """
-- The verdict that counts on each piece of evidence that somebody judged, the newest, and whether it is read now.
SELECT v.evidence, v.verdict, v.who, v.time, v.note,
       (SELECT count(*) FROM verdict o WHERE o.evidence = v.evidence AND o.verdict <> v.verdict) AS disagreeing,
       EXISTS (SELECT 1 FROM evidence e JOIN document d ON d.id = e.document AND d.status = 'active'
               WHERE e.id = v.evidence) AS is_read,
       v.subject, v.predicate, v.object, v.sign, v.negated, v.sentence, v.document, v.rule, v.confidence,
       v.triple AS triple_id
FROM verdict v
WHERE NOT EXISTS (SELECT 1 FROM verdict n WHERE n.evidence = v.evidence AND (n.time, n.who) > (v.time, v.who))
"""

_WHAT = {
    "subject": "Name of the subject when it was judged.",
    "predicate": "The predicate.",
    "object": "Name of the object when it was judged.",
    "sign": "The predicate's sign.",
    "negated": "1 if it was read as a denial.",
    "sentence": "Text of the sentence.",
    "document": "Its document.",
    "rule": "The rule that had found it.",
    "confidence": "The confidence that it had.",
}
_VERDICT = {
    "verdict": "; ".join(f"`{name}`: {meaning}" for name, meaning in VERDICTS.items()) + ".",
    "who": "Who judged.",
    "time": "When, UTC.",
    "note": "What they wrote to it.",
}

_OFFSETS = {
    f"{what}_{side}": f"Offset {'of' if side == 'start' else 'after'} the {what} when it was judged."
    for what in ("sentence", "subject", "object")
    for side in ("start", "end")
}
_ALL = {
    "evidence": "Id of the evidence, a content hash: the row in `evidence` may be gone.",
    "triple": "Id of the triple that it is evidence for.",
    **_VERDICT,
    **_WHAT,
    **_OFFSETS,
}

VERDICT_DESCRIBED: dict[str, Described] = {
    "verdict": Described(
        "What people judged of evidence (`minex curate`), with all that was judged: it outlives the evidence, and "
        "counts again if that is read again. On one piece the newest verdict counts.",
        {name: _ALL[name] for name in VERDICT_TABLES["verdict"].columns},
    ),
}

JUDGED_DESCRIBED = Described(
    "The verdict that counts on each piece of evidence that somebody judged: the newest one.",
    {
        "evidence": "Id of the evidence.",
        **_VERDICT,
        "disagreeing": "How many others judged otherwise.",
        "is_read": "1 if minex reads it now in an active document; else the verdict waits.",
        **_WHAT,
        "triple_id": "Id of the triple.",
    },
)

JUDGED_COUNTS = {
    "right_count": "Pieces of evidence that a person judged right: they count as sure.",
    "wrong_count": "Pieces that a person judged wrong: they are in no count and no belief.",
}
"""Columns of `triple` and of the views over it: how verdicts override what was read."""
