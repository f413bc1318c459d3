"""What a worker process does, whoever started it: load a pipeline once, then read batch after batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from minex.model import Document, Failure, Reading

if TYPE_CHECKING:
    from minex.jobs.runner import Pipeline

__all__ = ["PipelineSettings", "pipeline_of", "work"]


@dataclass(frozen=True)
class PipelineSettings:
    """What a pipeline is made of: small, hashable and picklable, so that another process can make the same one.

    Parameters:
        model, patterns, lexicon, ner, plain: as those of :class:`minex.pipeline.Pipeline`.

    Examples:
        >>> PipelineSettings(ner=True)
        PipelineSettings(model=None, patterns=None, lexicon=None, ner=True, plain=False)
    """

    model: str | None = None
    patterns: Path | None = None
    lexicon: Path | None = None
    ner: bool = False
    plain: bool = False

    def load(self) -> Pipeline:
        """Return a new pipeline; :func:`pipeline_of` makes only one a process."""
        from minex.pipeline import Pipeline

        return Pipeline(self.model, self.patterns, self.lexicon, plain=self.plain, ner=self.ner)


@lru_cache(maxsize=1)
def pipeline_of(settings: PipelineSettings) -> Pipeline:
    """Return this process's pipeline of these settings, made when it is first asked for."""
    return settings.load()


def work(settings: PipelineSettings, documents: Sequence[Document]) -> list[Reading | Failure]:
    """Read documents with this process's pipeline: one reading or failure each, in their order."""
    return list(pipeline_of(settings).read(documents))
