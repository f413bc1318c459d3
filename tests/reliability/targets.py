"""Everything that reads what others wrote, as functions of bytes: each returns, or raises a MinexError."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from minex.curation import sheet
from minex.errors import MinexError
from minex.evaluation.corpora import read_corpus
from minex.exchange.typemap import read_type_map
from minex.formats import read as read_documents
from minex.formats.jsonl import read_records
from minex.lexicon import user
from minex.pubmed import answers, queries
from minex.pubmed.retry import Trouble
from minex.pubmed.term import check
from minex.reports import table_given
from minex.rules.load import load as load_rules
from tests.reliability import seeds

Read = Callable[[Path], object]


@dataclass(frozen=True)
class Target:
    """A reader of files: its name, what it reads, whole files of its kind, and the file's name."""

    name: str
    read: Read
    seeds: tuple[bytes, ...]
    file: str = "in"

    def __call__(self, data: bytes, folder: Path) -> str:
        """Read a file of these bytes; return the code of the error that tells what is wrong with it, or empty."""
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        try:
            self.read(path)
        except MinexError as error:
            told = str(error)
            if not told.strip() or len(told) > 20_000:
                raise ValueError(f"an error of {len(told)} characters") from error
            return error.code
        return ""


def _all(read: Callable[[Path], object]) -> Read:
    return lambda path: [None for _ in read(path)]  # type: ignore[attr-defined]


def _text(read: Callable[[str], object]) -> Read:
    return lambda path: read(path.read_bytes().decode("utf-8", "surrogateescape"))


def _query(path: Path) -> object:
    query = queries.load(path)
    return query.problems, query.definition


def _answer(path: Path) -> object:
    try:
        return answers.read_history(path.read_bytes(), "pubmed"), answers.read_search(path.read_bytes(), 0, 2)
    except Trouble as error:
        return str(error)


def _rules(path: Path) -> object:
    return load_rules(path.parent.parent)


@cache
def workbook() -> bytes:
    """Return an Excel file that is both a filled-in sheet and a table to compare."""
    from openpyxl import Workbook

    book = Workbook()
    sheet_ = book.active
    assert sheet_ is not None
    sheet_.title = "judge"
    sheet_.append(["evidence", "verdict", "note", "factor", "cancer"])
    sheet_.append(["id:12ab", "y", None, "miR-21", "lung cancer"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the workbook with the parts of its archive changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def targets() -> dict[str, Target]:
    """Return every reader by name."""
    every = (
        Target("medline", _all(read_documents), (seeds.MEDLINE.encode(),)),
        Target("jats", _all(read_documents), (seeds.JATS.encode(),)),
        Target("jsonl", _all(read_records), (seeds.JSONL.encode(),)),
        Target("plaintext", _all(read_documents), (seeds.PLAIN.encode(),)),
        Target("gzip", _all(read_documents), (gzip.compress(seeds.MEDLINE.encode(), mtime=0),)),
        Target("pubtator", _all(read_corpus), (seeds.PUBTATOR.encode(),)),
        Target("bioc", _all(read_corpus), (seeds.BIOC_XML.encode(), seeds.BIOC_JSON.encode())),
        Target("query", _query, (seeds.QUERY.encode(),), "mine.toml"),
        Target("term", _text(check), (seeds.TERM.encode(),)),
        Target("frames", _rules, (seeds.RULES.encode(),), "frames/frames/mine.yaml"),
        Target("surface", _rules, (seeds.SURFACE.encode(),), "surface/surface/mine.yaml"),
        Target("lexicon", user.read, (seeds.LEXICON.encode(),), "mine.yaml"),
        Target("type map", read_type_map, (seeds.TYPE_MAP_JSON.encode(), seeds.TYPE_MAP_TSV.encode())),
        Target("sheet", sheet.read, (seeds.SHEET.encode(),), "in.csv"),
        Target("excel sheet", sheet.read, (workbook(),), "in.xlsx"),
        Target("table", table_given.read, (seeds.TABLE.encode(),), "in.csv"),
        Target("excel table", table_given.read, (workbook(),), "in.xlsx"),
        Target("answers", _answer, (seeds.SEARCH.encode(),)),
    )
    return {target.name: target for target in every}
