"""A report as one file of HTML: everything inside, nothing of a paper's text ever markup.

The page's Content-Security-Policy names the scripts and styles of the package by their digests. So even if a text
got into the page as markup, it could run nothing and fetch nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from minex.reports import wording
from minex.reports.figures.network import Network
from minex.reports.page.chart import chart
from minex.reports.page.data import Report

_HERE = Path(__file__).parent
_LIBRARY = _HERE.parent / "vendor" / "cytoscape.min.js"
_SCRIPTS = (
    _LIBRARY,
    *(_HERE / "static" / f"{name}.js" for name in ("papers", "table", "layout", "network", "panel")),
)
_STYLE = _HERE / "static" / "page.css"
# Cytoscape.js would add this rule by a style element of its own, which the policy forbids.
_LIBRARY_STYLE = ".__________cytoscape_container { position: relative; }"
_LIBRARY_STYLE_ID = "__________cytoscape_stylesheet"


def render(report: Report) -> str:
    """Return a report as a page."""
    style = _STYLE.read_text(encoding="utf-8")
    scripts = [path.read_text(encoding="utf-8") for path in _SCRIPTS]
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_digests(scripts)}",
            f"style-src {_digests((style, _LIBRARY_STYLE))}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            policy=policy,
            style=Markup(style),  # noqa: S704 - a file of the package  # nosec B704
            library_style=Markup(_LIBRARY_STYLE),  # noqa: S704 - our own words  # nosec B704
            library_style_id=_LIBRARY_STYLE_ID,
            scripts=[Markup(script) for script in scripts],  # noqa: S704 - files of the package  # nosec B704
            data=data_block(network_data(report.network, report.table.numbers)),
            chart=chart(report.timeline),
        )
    )


def network_data(network: Network, numbers: dict[str, int]) -> dict[str, Any]:
    """Return the network as the page's script reads it: nodes by their place, edges as short lists."""
    place = {node.id: number for number, node in enumerate(network.nodes)}
    return {
        "nodes": [[node.name, node.type] for node in network.nodes],
        "edges": [
            [
                place[edge.subject],
                edge.sign,
                place[edge.object],
                round(edge.belief, 3),
                edge.documents,
                [predicate.replace("_", " ") for predicate in edge.predicates],
                [numbers[triple] for triple in edge.triples if triple in numbers],
            ]
            for edge in network.edges
        ],
    }


def data_block(data: Any) -> Markup:
    """Return JSON that can stand in a script element: nothing in it can end the element or open a comment.

    Examples:
        >>> print(data_block({"title": "</script><!--"}))
        {"title":"\\u003c/script\\u003e\\u003c!--"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(wording.allowed(text))  # noqa: S704 - nothing is left in it that HTML would read  # nosec B704


def _digests(texts: Iterable[str]) -> str:
    hashes = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in hashes)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    made.filters |= {
        "number": lambda value: f"{value:,}",
        "sure": _sure,
        "words": lambda predicate: predicate.replace("_", " "),
        "counted": wording.counted,
        "pubmed": wording.link,
        "emphasis": _emphasis,
    }
    made.globals |= {"wording": wording}
    return made


def _clean(value: Any) -> Any:
    """Let no character through that XML forbids; what is markup already was made from clean text."""
    return wording.allowed(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _sure(value: float) -> str:
    """Return a belief or confidence; nothing is certain, so what would be rounded to 1 is above 0.99."""
    return ">0.99" if value >= 0.995 else f"{value:.2f}"


def _emphasis(text: str) -> Markup:
    """Return our own words with `*...*` in italics."""
    parts = text.split("*")
    return Markup("").join(Markup("<i>{}</i>").format(part) if at % 2 else part for at, part in enumerate(parts))
