"""Runs: what was read when, by which versions, and how a killed one goes on."""

from minex.jobs.ledger import Ledger, Run
from minex.jobs.runner import Counts, Pipeline, RunReport, run

__all__ = ["Counts", "Ledger", "Pipeline", "Run", "RunReport", "run"]
