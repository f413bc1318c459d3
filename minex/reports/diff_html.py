"""A diff as a page of HTML, and as a feed."""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import format_datetime
from xml.etree import ElementTree  # nosec B405 - written here, never read

from minex.reports import html, wording
from minex.reports.diff import Diff
from minex.reports.sections import Item, sections


def page(diff: Diff, limit: int | None = None) -> str:
    """Return a diff as a page that works offline."""
    title = f"What changed in {diff.database}"
    span = f"From {wording.run_name(diff.before)} to {wording.run_name(diff.after)}."
    parts = [
        f"<h1>{html.text(title)}</h1>",
        f"<p>{html.text(span)}</p>",
        f"<p>{html.text(wording.summary(diff))}</p>",
    ]
    if diff.documents:
        parts.append(f"<p>{html.text(wording.because(diff))}</p>")
    for name, (old, new) in diff.versions_changed.items():
        parts.append(
            f"<p>Version of {html.text(name)}: {html.text(old)} \N{RIGHTWARDS ARROW} {html.text(new)}</p>"
        )
    for section in sections(diff, limit):
        items = "\n".join(f"<li>{_item(item, diff)}</li>" for item in section.items)
        more = f"<p>... and {section.left_out:,} more</p>" if section.left_out else ""
        parts.append(f"<h2>{html.text(section.title)}</h2>\n<ul>\n{items}\n</ul>{more}")
    return html.page(title, "\n".join(parts))


def _item(item: Item, diff: Diff) -> str:
    head = f'<b>{html.text(item.title)}</b>: <span class="detail">{html.text(item.detail)}</span>'
    lines = []
    for cause in item.causes:
        source = html.link(wording.link(cause.pmid), cause.document)
        title = f" {html.text(cause.title)}" if cause.title else ""
        lost = ""
        if cause.lost and not cause.evidence_after:
            lost = f"<blockquote>it said: {html.text(cause.lost)}</blockquote>"
        lines.append(f'<li class="why">{html.text(wording.why(cause, diff))}: {source}{title}{lost}</li>')
    for quote in item.quotes:
        source = html.link(wording.link(quote.pmid), quote.document)
        said = f"{html.text(quote.sentence)}{html.text(wording.marks(quote))} {source}"
        lines.append(f"<li><blockquote>{said}</blockquote></li>")
    return head + (f"<ul>{''.join(lines)}</ul>" if lines else "")


def feed(diff: Diff, limit: int | None = None) -> str:
    """Return a diff as RSS 2.0, an item a change; the same diff gives the same ids."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    told = f"{wording.run_name(diff.before)} to {wording.run_name(diff.after)}: {wording.summary(diff)}"
    date = _date(diff.after.started)
    for name, value in (
        ("title", f"minex: {wording.plain(diff.database)}"),
        ("link", wording.PUBMED),
        ("description", wording.plain(told)),
        ("generator", "minex"),
    ):
        ElementTree.SubElement(channel, name).text = value
    if date:
        ElementTree.SubElement(channel, "lastBuildDate").text = date
    for section in sections(diff, limit):
        for item in section.items:
            entry = ElementTree.SubElement(channel, "item")
            ElementTree.SubElement(entry, "title").text = f"{section.title}: {item.title}"
            pmids = [*(cause.pmid for cause in item.causes), *(quote.pmid for quote in item.quotes)]
            addresses = [address for pmid in pmids if (address := wording.link(pmid))]
            if addresses:
                ElementTree.SubElement(entry, "link").text = addresses[0]
            # A reader shows a description as HTML.
            ElementTree.SubElement(entry, "description").text = _item(item, diff)
            guid = ElementTree.SubElement(entry, "guid", isPermaLink="false")
            guid.text = f"minex:{diff.before.id}-{diff.after.id}:{wording.plain(item.key)}"
            if date:
                ElementTree.SubElement(entry, "pubDate").text = date
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _date(started: str) -> str:
    if not started:
        return ""
    moment = datetime.fromisoformat(started)
    return format_datetime(moment.astimezone(timezone.utc))
