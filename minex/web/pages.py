"""The pages that are made to be read: home, a triple, a concept, a document, evidence, finding by name."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from datasette.utils import sqlite_timelimit, tilde_decode
from datasette.utils.asgi import NotFound, Response
from datasette.views.base import DatasetteError

from minex.errors import MinexError
from minex.reports import evidence, known, meant
from minex.store.documentation import TABLES, VIEWS
from minex.web import site
from minex.web.metadata import LICENCE, in_html

Answer = TypeVar("Answer")

MOST = 200
"""How many pieces of evidence a page shows; the rest is a link away."""

_COUNTS = """
SELECT (SELECT count(*) FROM evidence), (SELECT count(*) FROM triple),
       (SELECT count(DISTINCT document) FROM evidence)
"""
_LAST_RUN = "SELECT id, started, status FROM run ORDER BY id DESC LIMIT 1"
_TRIPLE_OF = "SELECT triple FROM evidence WHERE nr = ?"
_SHOWN = (
    "review_table",
    "triple_named",
    "mirna_target",
    "cancer_factor",
    "changes",
    "evidence",
    "document",
    "concept",
)


async def ask(datasette: Any, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """Ask on a reading connection, within Datasette's time limit."""
    database = datasette.get_database(datasette.minex_site.database)

    def timed(connection: sqlite3.Connection) -> Answer:
        limit = datasette.setting("sql_time_limit_ms")
        try:
            with sqlite_timelimit(connection, limit):
                return question(connection)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise DatasetteError(f"This takes longer than {limit / 1000:g} seconds", status=503) from error

    answer: Answer = await database.execute_fn(timed)
    return answer


async def home(request: Any, datasette: Any) -> Response:
    """What is in the database, and what can be asked."""

    def look(connection: sqlite3.Connection) -> tuple[Any, Any]:
        return connection.execute(_COUNTS).fetchone(), connection.execute(_LAST_RUN).fetchone()

    counts, run = await ask(datasette, look)
    described = {**TABLES, **VIEWS}
    tables = [(name, in_html(described[name].text)) for name in _SHOWN]
    return await _page(
        datasette, request, "minex_home.html", counts=counts, run=run, tables=tables, licence=LICENCE
    )


async def find(request: Any, datasette: Any) -> Response:
    """Go to what a name or an id means, or show what it might mean."""
    asked = (request.args.get("q") or "").strip()

    def look(connection: sqlite3.Connection) -> tuple[tuple[str, ...], list[meant.Named]]:
        found = meant.concepts(connection, asked)
        if len(found) == 1:
            return ("concept", found[0].id), []
        if not found:
            for table, known_as in (("document", meant.document), ("triple", _triple)):
                with contextlib.suppress(MinexError):
                    return (table, known_as(connection, asked)), []
        return (), found or meant.like(connection, asked, 50)

    place, found = await ask(datasette, look) if asked else ((), [])
    if place:
        return Response.redirect(site.address(datasette, *place))
    return await _page(datasette, request, "minex_find.html", asked=asked, found=found)


def _triple(connection: sqlite3.Connection, asked: str) -> str:
    return meant.triples(connection, [asked])[0]


async def triple(request: Any, datasette: Any) -> Response:
    """A triple with its evidence."""
    found = await ask(datasette, lambda c: known.triple(c, _id(request), MOST))
    if found is None:
        raise NotFound("there is no such triple; it may have gone with its last evidence")
    return await _page(datasette, request, "minex_triple.html", triple=found, fact=found.fact)


async def concept(request: Any, datasette: Any) -> Response:
    """A concept with what is said of it."""
    found = await ask(datasette, lambda c: known.concept(c, _id(request)))
    if found is None:
        raise NotFound("there is no such concept")
    return await _page(datasette, request, "minex_concept.html", concept=found)


async def document(request: Any, datasette: Any) -> Response:
    """A paper with what was read of it."""
    found = await ask(datasette, lambda c: known.document(c, _id(request), MOST))
    if found is None:
        raise NotFound("there is no such document")
    return await _page(datasette, request, "minex_document.html", document=found)


async def evidence_page(request: Any, datasette: Any) -> Response:
    """One piece of evidence."""
    number = int(request.url_vars["id"])
    found = (
        await ask(datasette, lambda c: evidence.by_number(c, [number], active=False)) if number < 1 << 63 else []
    )
    if not found:
        raise NotFound("there is no such evidence; numbers change when a paper is read again")
    return await _page(datasette, request, "minex_evidence.html", piece=found[0])


def _id(request: Any) -> str:
    return str(tilde_decode(request.url_vars["id"]))


async def _page(datasette: Any, request: Any, template: str, **context: Any) -> Response:
    return Response.html(await datasette.render_template(template, context, request=request))
