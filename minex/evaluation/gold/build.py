"""The gold files from the adjudicated passes: units without their text, restatements with ours."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.gold.fingerprint import fingerprint, squeeze
from minex.evaluation.gold.passes import LISTS, MARKS, Annotation, Mention, Reader, Said, read_text
from minex.formats import read
from minex.model import CONTEXT_SLOTS, Failure
from minex.syntax.sentences import split_document

DOCUMENTS = {
    "review": ("10.1186/s12943-018-0869-y", "a review of hypoxia-induced exosomes in tumor biology"),
    "study": ("10.1186/s12957-022-02706-y", "a study of exosomal miR-21, IRF1 and macrophage M2 polarization"),
}


def concepts(folder: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what the annotators' names stand for: (type, name) -> (CURIE or nothing, name).

    Raises:
        InputError: if `concepts.tsv` cannot be read, or a line of it has not the four columns.
    """
    path = folder / "concepts.tsv"
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if number == 1 or not line:
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != 4:
            raise InputError("concepts", "a line is: type, name, concept, name to show", where=f"{path}:{number}")
        known[cells[0], cells[1].casefold()] = (cells[2], cells[3])
    return known


class Builder:
    """Turns annotations into the records of the gold files."""

    def __init__(self, folder: Path) -> None:
        self.concepts = concepts(folder)
        self.types = {name: kind for kind, name in self.concepts}

    def linked(self, kind: str, name: str) -> dict[str, object]:
        """Return a name with its concept.

        Raises:
            InputError: if `concepts.tsv` does not have it.
        """
        if (kind, name.casefold()) not in self.concepts:
            raise InputError("concepts", f"concepts.tsv has no {kind} {name!r}", cure="add a line")
        concept, label = self.concepts[kind, name.casefold()]
        return {"name": label} | ({"concepts": [concept]} if concept else {})

    def label(self, name: str) -> str:
        """Return the name that a context or a method goes by."""
        kind = self.types.get(name.casefold())
        return name if kind is None else self.concepts[kind, name.casefold()][1]

    def statement(self, said: Said, annotation: Annotation) -> dict[str, object]:
        """Return a statement as the gold files hold it."""

        def side(value: Mention | str) -> object:
            if isinstance(value, str):
                kind = self.types.get(value.casefold(), "thing")
                return {"type": kind, **self.linked(kind, value)}
            return annotation.mentions.index(value)

        item: dict[str, object] = {
            "subject": side(said.subject),
            "predicate": said.predicate,
            "object": side(said.object),
        }
        if said.marks:
            item["marks"] = sorted(MARKS[mark] for mark in said.marks)
        if "corr" in said.fields:
            item["correlation"] = int(said.fields["corr"][0])
        for key, name in LISTS.items():
            if key in said.fields:
                item[name] = [self.label(each) if key == "method" else each for each in said.fields[key]]
        if context := {
            slot: list(map(self.label, said.fields[slot])) for slot in CONTEXT_SLOTS if slot in said.fields
        }:
            item["context"] = context
        item["origin"] = said.fields.get("from", ["own"])[0]
        return item

    def unit(
        self, name: str, row: Sequence[str], section: str, annotation: Annotation, occurrence: int, half: str
    ) -> dict[str, object]:
        """Return a unit of a document: everything but its text."""
        text = row[3]
        squeezed = squeeze(text)
        mentions = []
        for mention in annotation.mentions:
            before = len(squeeze(text[: mention.start]))
            ordinal = sum(squeezed.startswith(squeeze(mention.surface), at) for at in range(before + 1))
            mentions.append(
                {"surface": mention.surface, "ordinal": ordinal, "type": mention.type}
                | self.linked(mention.type, mention.name)
            )
        item: dict[str, object] = {"unit": name, "kind": row[1], "section": section}
        item |= {"fingerprint": fingerprint(text), "length": len(squeezed), "half": half}
        if occurrence > 1:
            item["occurrence"] = occurrence
        statements = [self.statement(each, annotation) for each in annotation.statements]
        return (
            item
            | ({"mentions": mentions} if mentions else {})
            | ({"statements": statements} if statements else {})
        )

    def restatement(self, name: str, annotation: Annotation, half: str) -> dict[str, object]:
        """Return a restatement with its text, which is ours."""
        item: dict[str, object] = {"id": name, "of": annotation.of, "half": half}
        if annotation.cells:
            item |= {"caption": annotation.caption, "header": annotation.header, "cells": annotation.cells}
        else:
            item["text"] = annotation.text
        item["mentions"] = [
            {"start": each.start, "end": each.start + len(each.surface), "type": each.type}
            | self.linked(each.type, each.name)
            for each in annotation.mentions
            if each.start is not None
        ]
        item["statements"] = [self.statement(each, annotation) for each in annotation.statements]
        return item


def half_of(mark: str) -> str:
    """Return the half that a unit belongs to: a coin thrown by its own fingerprint."""
    return "held" if int(mark, 16) % 2 else "development"


def build(folder: Path, units: Path) -> None:
    """Write the gold files into a gold folder from its adjudicated passes and the units, which have the texts.

    Raises:
        InputError: if a pass has errors, or a file cannot be read; nothing is written then.
    """
    builder = Builder(folder)
    files: dict[str, list[dict[str, object]]] = {"restatements": []}
    for document, (doi, title) in DOCUMENTS.items():
        rows = read_units(units / f"{document}.units.tsv")
        passed = folder / "passes" / "adjudicated"
        reader = Reader(passed / f"{document}.txt", {key: row[3] for key, row in rows.items()})
        own = Reader(passed / f"{document}.restated.txt")
        if errors := [*reader.errors, *own.errors]:
            raise InputError("pass", "; ".join(errors), cure="see minex gold check")
        seen: Counter[str] = Counter()
        halves: dict[str, str] = {}
        section = ""
        lines: list[dict[str, object]] = [{"gold": 1, "document": document, "doi": doi, "title": title}]
        for name, annotation in reader.units.items():
            mark = fingerprint(rows[name][3])
            seen[mark] += 1
            section = name if rows[name][1] == "title" else section
            halves[name] = half_of(mark)
            lines.append(builder.unit(name, rows[name], section, annotation, seen[mark], halves[name]))
        files[document] = lines
        for name, each in own.units.items():
            if not each.of or not halves.keys() >= set(each.of):
                raise InputError(
                    "pass", f"{name} restates {' '.join(each.of) or 'nothing'}, no unit of {document}"
                )
            files["restatements"].append(builder.restatement(name, each, halves[each.of[0]]))
    for name, lines in files.items():
        _write(folder / f"{name}.jsonl", lines)


def read_units(path: Path) -> dict[str, list[str]]:
    """Return a file of units by name: name, kind, section, text.

    Raises:
        InputError: if it cannot be read, or a line has not these four.
    """
    rows: dict[str, list[str]] = {}
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        row = line.rstrip("\r").split("\t")
        if len(row) != 4 or row[0] in rows:
            message = "a line is: name, kind, section, text, and a name stands once"
            raise InputError("units", message, where=f"{path}:{number}")
        rows[row[0]] = row
    return rows


def _write(path: Path, lines: Iterable[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def cut(path: Path, prefix: str) -> Iterator[str]:
    """Yield a document's units as minex cuts it, for a person to mend: name, kind, section, text."""
    document = next(iter(read(path)))
    if isinstance(document, Failure):
        raise InputError(document.code, document.message, where=document.where)
    for number, sentence in enumerate(split_document(document), start=1):
        kind = document.passages[sentence.passage].kind
        text = " ".join(document.text[sentence.start : sentence.end].split())
        yield f"{prefix}{number:03d}\t{kind}\t{sentence.section}\t{text}"
