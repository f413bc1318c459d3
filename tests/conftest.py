"""What tests share: the real pipeline, made once."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from minex.pipeline import Pipeline
from minex.rules.language import RuleSet
from minex.rules.load import load
from tests.chromium import browser, tab, watched

__all__ = ["browser", "pipeline", "rules", "tab", "watched"]

# Tests of the real command start `minex`; it is the one beside this Python, whatever else is on the path.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
# Nobody's own names and blocks: what the shipped lexicon reads, these tests say.
os.environ["MINEX_LEXICON"] = os.devnull
# Tests start hundreds of processes: each reads minex's bytecode, once it is there, in place of compiling it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A job in the background is started with Ctrl-C ignored, and so would be all that tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The suite tries the same examples each time, so that what passes here passes there;
# `--hypothesis-profile=explore` tries new ones. Without the phase that explains: after a failure it may take
# longer than the whole suite.
_PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
settings.register_profile("suite", derandomize=True, database=None, deadline=None, phases=_PHASES)
settings.register_profile("explore", database=None, deadline=None, phases=_PHASES, print_blob=True)
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what is marked as slow take its time."""
    for item in items:
        if item.get_closest_marker("slow") is not None:
            item.add_marker(pytest.mark.timeout(0))


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The shipped model, lexicon and rules."""
    return Pipeline()


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The shipped rules."""
    return load()
