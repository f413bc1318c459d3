"""A little pipeline for the workers of a Dask cluster, which some texts kill or hold up."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

from minex.jobs.work import PipelineSettings
from minex.model import Document
from tests.jobs.little import LittlePipeline


@dataclass(frozen=True)
class LittleSettings(PipelineSettings):
    """Settings that a worker makes a :class:`LittlePipeline` of.

    Parameters:
        seconds: how long a document takes.
        home: the process whose pipeline has version 1; 0 for all.
    """

    seconds: float = 0.0
    home: int = 0

    def load(self) -> LittlePipeline:
        version = "1" if self.home in (0, os.getpid()) else "2"
        pipeline = LittlePipeline(seconds=self.seconds, version=version)
        pipeline.before_document = _obey
        return pipeline


def _obey(document: Document) -> None:
    if "deadly" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "endless" in document.text:
        time.sleep(3600)
