"""One person who judges: each verdict is written at once, in a run of its own, and can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from minex.jobs.ledger import Ledger
from minex.store import Store, verdicts


class Curator:
    """Writes verdicts of one person into a database, and holds its lock only while it writes.

    All that is judged until another run begins is one row of the ledger: `minex diff` shows what it changed.
    """

    def __init__(self, path: Path, who: str) -> None:
        self.path = path
        self.who = who
        self.counts: Counter[str] = Counter()
        self._run: int | None = None
        self._before: list[tuple[str, tuple[str, str, str]]] = []

    def judge(self, given: Iterable[tuple[str, str, str]]) -> list[str]:
        """Write down (id of the evidence, verdict, note) of each piece, all or none.

        Returns:
            The ids of which there is no evidence.

        Raises:
            UsageError: if a verdict is none.
            StoreError: if the database cannot be written to, such as while another process does.
        """
        given = list(given)
        with Store.open(self.path, create=False) as store:
            nothing = ("", "", "")
            before = [(id_, verdicts.given(store.connection, id_, self.who) or nothing) for id_, *_ in given]
            unknown = self._write(store, given)
        gone = set(unknown)
        self._before += [each for each in before if each[0] not in gone]
        return unknown

    def undo(self) -> str | None:
        """Put back what was before the last verdict, and return the id of its evidence; None if there is none."""
        if not self._before:
            return None
        evidence, (verdict, note, time) = self._before[-1]
        with Store.open(self.path, create=False) as store:
            # With its old time: what others judged since then goes on to count.
            self._write(store, [(evidence, verdict, note)], time)
        self._before.pop()
        return evidence

    def _write(self, store: Store, given: list[tuple[str, str, str]], time: str = "") -> list[str]:
        with store.transaction():
            run = self._current_run(store)
            unknown = store.judge(given, self.who, time=time)
            counts = Counter(self.counts)
            counts.update(verdict or "undone" for id_, verdict, _ in given if id_ not in unknown)
            Ledger(store).finish(run, "done", counts)
        # What was rolled back never happened.
        self._run, self.counts = run, counts
        return unknown

    def _current_run(self, store: Store) -> int:
        last = next(iter(Ledger(store).runs(1)), None)
        if self._run is not None and last is not None and last.id == self._run:
            return self._run
        # With the versions of the run before: nothing was read by others.
        versions, fingerprint = (last.versions, last.fingerprint) if last else ({}, "")
        self.counts = Counter()
        return Ledger(store).start(versions, fingerprint, ["curate", f"--who {self.who}"])
