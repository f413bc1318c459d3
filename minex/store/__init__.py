"""What minex found, in one SQLite file that is itself the interface: tables, views, full-text search."""

from minex.store.batch import Written
from minex.store.plan import State
from minex.store.query import Hit, Rows
from minex.store.rebuild import Stale
from minex.store.writer import Keep, Store

__all__ = ["Hit", "Keep", "Rows", "Stale", "State", "Store", "Written"]
