"""What a mirror holds, in a form to be compared."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from minex.mirror import database
from minex.mirror.mirror import Mirror

_COLUMNS = "pmid, version, seq, hash, published, electronic, entered, created, indexed, revised, completed"


def content(folder: Path) -> dict[str, object]:
    """Return everything that a mirror says of citations, whatever the order in which it came to know it."""
    with closing(database.open_reader(folder)) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM citation ORDER BY pmid").fetchall()
        found: dict[str, object] = {
            "citations": rows,
            "tombstones": connection.execute("SELECT * FROM tombstone ORDER BY pmid").fetchall(),
            "names": connection.execute("SELECT * FROM name ORDER BY 1, 2, 3").fetchall(),
            "files": connection.execute("SELECT seq, name, md5 FROM file ORDER BY 1").fetchall(),
            "intact": connection.execute("PRAGMA integrity_check").fetchall(),
        }
    with Mirror(folder) as mirror:
        found["records"] = mirror.records(row[0] for row in rows)
        found["words"] = {word: mirror.search(word).pmids for word in ("old", "new", "newest", "title")}
    return found


def titles(folder: Path, term: str = "all[sb]") -> dict[int, str]:
    """Return the title of each citation that matches."""
    with Mirror(folder) as mirror:
        records = mirror.records(mirror.search(term).pmids)
    return {pmid: data.decode().partition("<ArticleTitle>")[2].partition("<")[0] for pmid, data in records.items()}
