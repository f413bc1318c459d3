"""How a run went, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from minex.jobs.ledger import RunStatus
from minex.model import Failure


@dataclass
class Counts:
    """What a run has met and done so far."""

    files: int = 0
    documents: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: int = 0
    evidence: int = 0
    triples: int = 0


@dataclass
class RunReport:
    """How a run went.

    `counts.documents` are those met, `changed` those whose text or versions are others than at the last
    time, `deleted` tombstones (they are among `new` or `changed` too), `triples` those not known before.
    `timings` are seconds a stage: `read`, `store`, and the pipeline's own, else `extract`.
    `told` is what the user should know without its being a failure: two PMIDs with one DOI.
    `bytes_read` of `bytes_total` is how far the files are read, compressed ones as they are; 0 if nobody knows.
    """

    run_id: int
    status: RunStatus = "running"
    counts: Counts = field(default_factory=Counts)
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    message: str = ""
    bytes_read: int = 0
    bytes_total: int = 0

    @property
    def exit_code(self) -> int:
        """0 if all went well, 130 if it was interrupted, else 1."""
        if self.status == "interrupted":
            return 130
        return 0 if self.status == "done" and not self.counts.failed else 1
