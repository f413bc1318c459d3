"""What a file that minex does not read looks like, said so that the user knows what to do with it."""

from __future__ import annotations

import re

_BOM = b"\xef\xbb\xbf"

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF file", "take its text out with: pdftotext FILE.pdf FILE.txt"),
    (b"SQLite format 3\x00", "a SQLite database", "read it with: minex sql"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file", "save it as plain text (UTF-8)"),
    (b"{\\rtf", "an RTF file", "save it as plain text (UTF-8)"),
    (b"BZh", "a bzip2 file", "decompress it with: bunzip2"),
    (b"\xfd7zXZ\x00", "an xz file", "decompress it with: unxz"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "decompress it with: unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x1f\x8b", "a gzip file within a gzip file", "decompress it once with: gunzip"),
    (b"\x89PNG", "a PNG picture", "minex reads text"),
    (b"\xff\xd8\xff", "a JPEG picture", "minex reads text"),
    (b"GIF8", "a GIF picture", "minex reads text"),
    (b"PAR1", "a Parquet file", "export its texts as JSONL"),
    (b"\x7fELF", "a program", "minex reads text"),
    (b"%!PS", "a PostScript file", "take its text out with: ps2ascii"),
)
_TEXT_SIGNS: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"<!doctype\s+html|<html[\s>]", re.I), "an HTML page", "save the article as plain text"),
    (
        re.compile(rb"PMID- ?\d+\r?\n[A-Z]{2,4} *- "),
        "PubMed's MEDLINE text format",
        "export it from PubMed as XML",
    ),
    (
        re.compile(rb"\d+\|t\|"),
        "a PubTator file",
        "convert it to JSONL; as an annotated corpus: minex evaluate --corpus",
    ),
    (re.compile(rb"[\[]\s*[\[{\"\]]"), "a JSON array", "write one object a line, for example with: jq -c '.[]'"),
    (
        re.compile(rb"\{\s*[\r\n]"),
        "JSON spread over several lines",
        "write one object a line, for example with: jq -c .",
    ),
)
_ROOTS = {
    b"article": ("a DocBook article", "save it as plain text (UTF-8)"),
    b"OAI-PMH": ("an OAI-PMH answer without an article", "ask for the records with metadataPrefix=pmc"),
    b"collection": ("BioC XML", "convert it to JSONL; as an annotated corpus: minex evaluate --corpus"),
    b"eSearchResult": ("an answer of PubMed's esearch", "fetch the articles with efetch, retmode=xml"),
    b"eSummaryResult": ("an answer of PubMed's esummary", "fetch the articles with efetch, retmode=xml"),
    b"eFetchResult": ("an error answer of PubMed's efetch", "fetch it again"),
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.S)
_BEGUN = re.compile(rb"<(?:[A-Za-z?!][^>]*)?")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")


def strip_bom(head: bytes) -> bytes:
    """Return the bytes without UTF-8's byte order mark."""
    return head[3:] if head.startswith(_BOM) else head


def xml_root(head: bytes) -> bytes | None:
    """Return the name of an XML file's root element, or None if the bytes are not the beginning of XML."""
    text = strip_bom(head)
    at = _skip(text, 0)
    if text[at : at + 9].upper() == b"<!DOCTYPE":
        end = doctype_end(text, at)
        at = _skip(text, end if end is not None else at)
    match = _ROOT.match(text, at)
    return match[1] if match else None


def doctype(head: bytes) -> bytes | None:
    """Return an XML file's document type declaration, whole or as far as the bytes go, or None without one."""
    text = strip_bom(head)
    at = _skip(text, 0)
    if text[at : at + 9].upper() != b"<!DOCTYPE":
        return None
    end = doctype_end(text, at)
    return text[at:end] if end is not None else text[at:]


def doctype_end(text: bytes, at: int) -> int | None:
    """Return where a document type declaration ends: past its internal subset and quoted strings."""
    depth, quote = 0, 0
    for index in range(at, len(text)):
        byte = text[index]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x5B:
            depth += 1
        elif byte == 0x5D:
            depth -= 1
        elif byte == 0x3E and depth <= 0:
            return index + 1
    return None


def is_binary(head: bytes) -> bool:
    """Return whether the bytes hold control characters that no text holds."""
    return _CONTROL.search(head) is not None


def stranger(head: bytes) -> tuple[str, str] | None:
    """Return what a file looks like that no reader reads, and the cure, or None if it may be plain text."""
    if head[:2] == b"PK":
        kind = "a Word file" if b"word/" in head else "an Excel file" if b"xl/" in head else "a zip archive"
        return kind, "unpack it first" if kind == "a zip archive" else "save it as plain text (UTF-8)"
    for magic, name, cure in _MAGIC:
        if head.startswith(magic):
            return name, cure
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    text = strip_bom(head).lstrip()
    for pattern, name, cure in _TEXT_SIGNS:
        if pattern.match(text):
            return name, cure
    root = xml_root(head)
    if root is not None and (text.startswith((b"<?xml", b"<!")) or root in _ROOTS or b"</" + root in head):
        name, cure = _ROOTS.get(root, ("", "fetch the articles from PubMed as XML"))
        described = f", which looks like {name}" if name else ""
        return f"XML with the root element <{root.decode('ascii', 'replace')}>{described}", cure
    if text.startswith(b"<?xml") or _BEGUN.fullmatch(text):
        return "XML cut off before its first element", "download the file again"
    if is_binary(head):
        return "a binary file", "minex reads text"
    return None


def _skip(text: bytes, at: int) -> int:
    match = _PROLOG.match(text, at)
    return match.end() if match else at
