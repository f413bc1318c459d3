from __future__ import annotations

from tests.chromium import browser, watched
from tests.store.conftest import database, shelf

__all__ = ["browser", "database", "shelf", "watched"]
