"""The plugin by which Datasette shows minex's pages, evidence and links. It minds only minex's own servers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from datasette import hookimpl
from datasette.filters import FilterArguments
from datasette.utils import tilde_encode
from markupsafe import Markup

from minex.reports import evidence, wording
from minex.web import pages, site
from minex.web.questions import LIMIT, QUESTIONS

_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}

# Columns that hold ids, by what they are ids of.
_LINKS = {
    **dict.fromkeys(("triple", "triple_id", "triple_raises", "triple_lowers"), ("triple", "evidence")),
    **dict.fromkeys(
        ("concept", "subject_id", "object_id", "factor_id", "cancer_id", "mirna_id", "target_id"), ("concept", "")
    ),
    **dict.fromkeys(("document", "document_id"), ("document", "")),
    "nr": ("evidence", ""),
}
# In answers, the column that is a link, and that with the id of what it leads to, which needs no place of its own.
_BEHIND = {
    "evidence": ("triple", "triple"),
    "raises": ("triple", "triple_raises"),
    "lowers": ("triple", "triple_lowers"),
    "factor": ("concept", "concept"),
}
_COUNTS = {"against", "direct", "up", "down", "promotes", "suppresses", "acts_in"}
_BELIEF = Markup('<span class="belief"><span style="width: {:.0f}%"></span></span> {:.2f}')
_ABOUT = """
nr IN (SELECT e.nr
       FROM concept_ancestor a JOIN triple t ON t.subject = a.concept JOIN evidence e ON e.triple = t.id
       WHERE a.ancestor = :minex_about
       UNION
       SELECT e.nr
       FROM concept_ancestor a JOIN triple t ON t.object = a.concept JOIN evidence e ON e.triple = t.id
       WHERE a.ancestor = :minex_about)
"""
_COUNTING = "document NOT IN (SELECT id FROM document WHERE status <> 'active')"
_ANY_NOT_COUNTING = "SELECT EXISTS (SELECT 1 FROM document WHERE status <> 'active')"


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Put pages to be read in the place of Datasette's rows of the same things."""
    if not site.of(datasette):
        return []
    database = quote(tilde_encode(datasette.minex_site.database))
    return [
        (r"^/$", pages.home),
        (r"^/-/find$", pages.find),
        (rf"^/{database}/triple/(?P<id>[^/.]+)$", pages.triple),
        (rf"^/{database}/concept/(?P<id>[^/.]+)$", pages.concept),
        (rf"^/{database}/document/(?P<id>[^/.]+)$", pages.document),
        (rf"^/{database}/evidence/(?P<id>[0-9]+)$", pages.evidence_page),
    ]


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Give templates the questions, links, and the evidence behind rows; that of errors gets nothing else."""
    if not site.of(datasette):
        return

    async def pieces(numbers: Iterable[int]) -> list[evidence.Piece]:
        wanted = [int(number) for number in numbers]
        found = await pages.ask(datasette, lambda c: evidence.by_number(c, wanted, active=False))
        place = {number: position for position, number in enumerate(wanted)}
        return sorted(found, key=lambda piece: place[piece.nr])

    env.globals.update(
        minex_database=datasette.minex_site.database,
        counted=wording.counted,
        minex_questions=QUESTIONS,
        minex_limit=LIMIT,
        minex_pieces=pieces,
        minex_hidden={key for _, key in _BEHIND.values()},
        minex_to=lambda table, *id_: site.address(datasette, table, *id_),
    )


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def extra_template_vars(request: Any) -> dict[str, Any]:
    """Keep what was asked in the field at the top."""
    return {"minex_asked": request.args.get("q") or "" if request else ""}


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | None:
    """Make ids in answers and views links to the pages of what they name."""
    if value in (None, "") or not site.of(datasette, database):
        return None
    if table is None and column in _COUNTS and value == 0:
        return Markup("&nbsp;")
    if column.startswith("belief") and isinstance(value, float) and 0 <= value <= 1:
        return _BELIEF.format(value * 100, value)
    kind, key = _BEHIND.get(column, ("", ""))
    if key and table is None and key in row.keys():  # noqa: SIM118 - a sqlite3.Row has its values in it
        return Markup('<a href="{}">{}</a>').format(site.address(datasette, kind, row[key]), value)
    if column == "pmid" and (address := wording.link(str(value))):
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(address, value)
    link = ("triple", "") if (table, column) == ("triple_named", "id") else _LINKS.get(column)
    if link is None or (table, column) == ("change_cause", "triple"):
        return None
    return Markup('<a href="{}">{}</a>').format(site.address(datasette, link[0], value), link[1] or value)


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Any:
    """Leave out evidence of papers that do not count, and take `_about`: all that is said of a concept."""
    if table != "evidence" or not site.of(datasette, database):
        return None
    about = request.args.get("_about")

    async def inner() -> Any:
        clauses, parameters, told = [], {}, []
        if await pages.ask(datasette, lambda c: c.execute(_ANY_NOT_COUNTING).fetchone()[0]):
            clauses.append(_COUNTING)
        if about:
            clauses.append(_ABOUT.strip())
            parameters["minex_about"] = about
            name = await pages.ask(
                datasette, lambda c: c.execute("SELECT name FROM concept WHERE id = ?", (about,)).fetchone()
            )
            told.append(f"it is about {name[0] if name else about}")
        return FilterArguments(clauses, parameters, told)

    return inner


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Answer only under the names that it has, and let pages load nothing from elsewhere."""
    own = site.of(datasette)

    def wrap(app: Any) -> Any:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or own is None:
                await app(scope, receive, send)
            elif own.hosts and _host(scope["headers"]) not in own.hosts:
                await _refuse(send)
            else:
                await app(scope, receive, _with_headers(send))

        return wrapped

    return wrap


def _host(headers: Sequence[tuple[bytes, bytes]]) -> str | None:
    name = next((value for key, value in headers if key.lower() == b"host"), b"")
    try:
        return urlsplit(f"//{name.decode('latin-1')}").hostname
    except ValueError:
        return None


async def _refuse(send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    body = b"This server answers only under the name of this machine (see minex serve --help).\n"
    await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body})


def _with_headers(
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> Callable[[dict[str, Any]], Awaitable[None]]:
    async def sent(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            extra = [(key.encode(), value.encode()) for key, value in _HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sent
