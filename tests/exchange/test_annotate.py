"""`annotate`: a line in, a line out; what is given counts; what is bad is told, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from minex.exchange.annotate import Options, annotate
from minex.model import CONTEXT_SLOTS, Document, Mention
from minex.pipeline import Pipeline
from tests.exchange.ask import ask, given, statements

PTEN = "miR-21 inhibits PTEN in lung cancer."


def test_a_text_gives_mentions_and_triples(pipeline: Pipeline) -> None:
    (item,) = ask(pipeline, [{"id": "PMID:1", "text": PTEN}])
    assert item["mentions"][0] == {
        "start": 0,
        "end": 6,
        "text": "miR-21",
        "type": "MIRNA",
        "concepts": ["mirbase.mature:MIMAT0000076"],
        "name": "miR-21",
    }
    (triple,) = item["triples"]
    assert triple["subject"] == {
        "start": 0,
        "end": 6,
        "type": "MIRNA",
        "concepts": ["mirbase.mature:MIMAT0000076"],
        "name": "miR-21",
    }
    assert (triple["predicate"], triple["sign"], triple["object"]["concepts"]) == ("inhibits", -1, ["HGNC:9588"])
    assert (triple["negated"], triple["hedged"], triple["correlation"]) == (False, False, None)
    assert triple["trigger"] == {"start": 7, "end": 15, "text": "inhibits"}
    assert triple["sentence"] == {"start": 0, "end": len(PTEN)}
    assert triple["context"]["cancer"] == ["lung cancer"]
    assert 0 < triple["confidence"] <= 1


def test_an_unlinked_mention_has_no_concepts_and_its_text_as_name(pipeline: Pipeline) -> None:
    text = "xyz-9 inhibits PTEN."
    (item,) = ask(pipeline, [given(text, ("xyz-9", "GENE"), ("PTEN", "GENE"))], given_mentions=True)
    assert [(m["concepts"], m["name"]) for m in item["mentions"]] == [([], "xyz-9"), ([], "PTEN")]


def test_passages_are_joined_by_one_line_feed(pipeline: Pipeline) -> None:
    passages = [
        {"section": "title", "text": "A study 😀"},
        {"section": "abstract", "text": ""},
        {"text": "Here miR-21 inhibits PTEN."},
    ]
    (item,) = ask(pipeline, [{"id": "PMID:1", "passages": passages}])
    joined = "A study 😀\n\nHere miR-21 inhibits PTEN."
    (triple,) = item["triples"]
    assert joined[triple["subject"]["start"] : triple["subject"]["end"]] == "miR-21"
    assert joined[triple["sentence"]["start"] : triple["sentence"]["end"]] == "Here miR-21 inhibits PTEN."


def test_one_line_out_for_one_in_and_in_order_whatever_the_batch(pipeline: Pipeline) -> None:
    lines: list[str | dict[str, Any]] = [
        "{bad" if number % 5 == 2 else {"id": f"PMID:{number}", "text": PTEN if number % 2 else "Nothing."}
        for number in range(23)
    ]
    at_once = ask(pipeline, lines)
    assert [item["line"] for item in at_once] == list(range(1, 24))
    assert [item["id"] for item in at_once] == [None if n % 5 == 2 else f"PMID:{n}" for n in range(23)]
    for abreast in (1, 3, 23):
        assert ask(pipeline, lines, abreast=abreast) == at_once


def test_blank_lines_are_skipped_and_counted(pipeline: Pipeline) -> None:
    items = ask(pipeline, ["", {"id": "a", "text": "x"}, "   ", "\t", {"id": "b", "text": "y"}, ""])
    assert [(item["id"], item["line"]) for item in items] == [("a", 2), ("b", 5)]


def test_nothing_in_nothing_out(pipeline: Pipeline) -> None:
    assert ask(pipeline, []) == []
    assert ask(pipeline, ["", ""]) == []


def test_the_last_line_needs_no_line_feed_and_lines_may_end_as_on_windows(pipeline: Pipeline) -> None:
    target = io.StringIO()
    source = io.BytesIO(b'{"id": "a", "text": "x"}\r\n{"id": "b", "text": "y"}')
    assert annotate(source, target, pipeline) == (2, 0)
    assert [json.loads(line)["id"] for line in target.getvalue().splitlines()] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "known", "code"),
    [
        ("{bad", None, "json"),
        ("[1, 2]", None, "not-object"),
        ('{"text": "x"}', None, "missing-key"),
        ('{"id": "", "text": "x"}', None, "bad-id"),
        ('{"id": 7, "text": "x"}', None, "wrong-type"),
        ('{"id": "PMID:9"}', "PMID:9", "missing-key"),
        ('{"id": "PMID:9", "text": null}', "PMID:9", "wrong-type"),
        ('{"id": "PMID:9", "text": "x", "passages": []}', "PMID:9", "text-and-passages"),
        ('{"id": "PMID:9", "text": "x", "mentions": [{"start": 0, "end": 5, "type": "GENE"}]}', "PMID:9",
         "mention-offsets"),
        ('{"id": "PMID:9", "text": "x", "mentions": [{"start": 0, "end": 1, "type": "G", "text": "y"}]}', "PMID:9",
         "mention-text"),
        ('{"id": "PMID:9", "text": "\\ud83d"}', "PMID:9", "lone-surrogate"),
        ("[" * 100_000, None, "json-depth"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_run_goes_on(
    pipeline: Pipeline, line: str, known: str | None, code: str
) -> None:
    first, bad, last = ask(pipeline, [{"id": "a", "text": "x"}, line, {"id": "b", "text": PTEN}])
    assert (bad["id"], bad["line"], bad["mentions"], bad["triples"]) == (known, 2, [], [])
    assert bad["error"]["code"] == code
    assert "line 2" in bad["error"]["message"]
    assert first["error"] is None
    assert statements(last) == ["miR-21 inhibits PTEN"]


def test_bytes_that_are_not_utf8_are_a_bad_line(pipeline: Pipeline) -> None:
    target = io.StringIO()
    source = io.BytesIO(b'{"id": "a", "text": "caf\xe9"}\n{"id": "b", "text": "x"}\n')
    assert annotate(source, target, pipeline) == (2, 1)
    bad, good = map(json.loads, target.getvalue().splitlines())
    assert (bad["id"], bad["error"]["code"], good["id"], good["error"]) == (None, "not-utf8", "b", None)


class Explosive(Pipeline):
    """The real pipeline, which one document breaks."""

    def mentions(self, document: Document, *rest: Any, **more: Any) -> tuple[Mention, ...]:
        if document.id == "PMID:2":
            raise RuntimeError("too much")
        return super().mentions(document, *rest, **more)


@pytest.mark.parametrize("mentions_only", [False, True])
def test_a_document_that_breaks_a_stage_is_told_under_its_id(mentions_only: bool) -> None:
    lines = [{"id": f"PMID:{number}", "text": PTEN} for number in (1, 2, 3)]
    first, bad, last = ask(Explosive(), lines, mentions_only=mentions_only)
    assert (bad["id"], bad["line"], bad["error"]["code"]) == ("PMID:2", 2, "RuntimeError")
    assert "too much" in bad["error"]["message"]
    assert first["mentions"] == last["mentions"] != []


def test_mentions_only_tags_and_gives_no_triples(pipeline: Pipeline) -> None:
    line = {"id": "a", "text": PTEN}
    (whole,) = ask(pipeline, [line])
    (tagged,) = ask(pipeline, [line], mentions_only=True)
    assert tagged == {**whole, "triples": []}


def test_a_coordination_is_several_mentions_and_one_item_a_pair(pipeline: Pipeline) -> None:
    (item,) = ask(pipeline, [{"id": "a", "text": "We found that miR-221/222 directly targeted PTEN and CDKN1B."}])
    mirnas = [(m["text"], m["name"], m["start"], m["end"]) for m in item["mentions"] if m["type"] == "MIRNA"]
    assert mirnas == [("miR-221", "miR-221", 14, 21), ("222", "miR-222", 22, 25)]
    assert sorted(statements(item)) == [
        "miR-221 targets CDKN1B",
        "miR-221 targets PTEN",
        "miR-222 targets CDKN1B",
        "miR-222 targets PTEN",
    ]


class TestGivenMentions:
    """With `--given-mentions` the input says what the arguments may be."""

    def test_nothing_else_is_an_argument(self, pipeline: Pipeline) -> None:
        text = "Hypoxia increased miR-210, and miR-21 inhibits PTEN."
        line = given(text, ("miR-21 ", "MIRNA"), ("PTEN", "GENE"))
        line["mentions"][0]["end"] -= 1
        start = text.index("miR-21 ")
        line["mentions"][0].update(start=start, end=start + 6)
        for tag_context in (False, True):
            (item,) = ask(pipeline, [line], given_mentions=True, tag_context=tag_context)
            assert [m["text"] for m in item["mentions"]] == ["miR-21", "PTEN"]
            assert statements(item) == ["miR-21 inhibits PTEN"]

    @pytest.mark.parametrize("extra", [{}, {"mentions": []}])
    def test_without_mentions_there_is_nothing_to_join(self, pipeline: Pipeline, extra: dict[str, Any]) -> None:
        (item,) = ask(pipeline, [{"id": "a", "text": PTEN, **extra}], given_mentions=True)
        assert (item["mentions"], item["triples"], item["error"]) == ([], [], None)

    def test_without_the_option_they_are_left_aside(self, pipeline: Pipeline) -> None:
        line = given(PTEN, ("cancer", "GENE"))
        assert ask(pipeline, [line]) == ask(pipeline, [{"id": "PMID:1", "text": PTEN}])

    @pytest.mark.parametrize(
        ("subject", "object"),
        [
            ("Specific_miRNAs", "Genes/Proteins"),
            ("Gene_or_gene_product", "Gene_or_gene_product"),
            ("GeneOrGeneProduct", "GeneOrGeneProduct"),
            ("Gene", "Gene"),
            ("MIRNA", "GENE"),
        ],
    )
    def test_foreign_types_are_mapped_and_repeated(self, pipeline: Pipeline, subject: str, object: str) -> None:
        line = given(PTEN, ("miR-21", subject), ("PTEN", object))
        (item,) = ask(pipeline, [line], given_mentions=True)
        assert [m["given_type"] for m in item["mentions"]] == [subject, object]
        assert {m["type"] for m in item["mentions"]} <= {"MIRNA", "GENE"}
        assert statements(item) == ["miR-21 inhibits PTEN"]

    def test_a_type_map_counts(self, pipeline: Pipeline) -> None:
        line = given(PTEN, ("miR-21", "Widget"), ("PTEN", "GENE"))
        (without,) = ask(pipeline, [line], given_mentions=True)
        (mapped,) = ask(pipeline, [line], given_mentions=True, type_map={"Widget": "MIRNA", "GENE": "GENE"})
        assert (without["mentions"][0]["type"], statements(without)) == ("Widget", [])
        assert (mapped["mentions"][0]["type"], mapped["mentions"][0]["given_type"]) == ("MIRNA", "Widget")
        assert statements(mapped) == ["miR-21 inhibits PTEN"]

    def test_a_type_without_a_mapping_takes_part_in_nothing(self, pipeline: Pipeline) -> None:
        """The SCAI corpus gives the verbs as mentions; a verb that is one must still be read as a verb."""
        spans = (("miR-21", "Specific_miRNAs"), ("PTEN", "Genes/Proteins"))
        (plain,) = ask(pipeline, [given(PTEN, *spans)], given_mentions=True)
        (item,) = ask(pipeline, [given(PTEN, *spans, ("inhibits", "Relation_Trigger"))], given_mentions=True)
        assert item["triples"] == plain["triples"] != []
        assert item["mentions"][2] == {
            "start": 7,
            "end": 15,
            "text": "inhibits",
            "type": "Relation_Trigger",
            "concepts": [],
            "name": "inhibits",
            "given_type": "Relation_Trigger",
        }

    def test_given_concepts_are_repeated_best_first_and_name_the_mention(self, pipeline: Pipeline) -> None:
        line = given("p27 inhibits CDK2.", ("p27", "GENE"), ("CDK2", "GENE"))
        line["mentions"][0]["concepts"] = ["HGNC:1785", "NCBIGene:1027"]
        line["mentions"][1]["concepts"] = ["my:42"]
        (item,) = ask(pipeline, [line], given_mentions=True)
        assert [(m["concepts"], m["name"]) for m in item["mentions"]] == [
            (["HGNC:1785", "NCBIGene:1027"], "CDKN1B"),
            (["my:42"], "CDK2"),
        ]
        assert item["triples"][0]["subject"]["concepts"] == ["HGNC:1785", "NCBIGene:1027"]

    def test_negation_manipulation_and_methods_still_come_from_the_lexicon(self, pipeline: Pipeline) -> None:
        text = "Knockdown of miR-21 did not increase PTEN expression, as western blot showed."
        (item,) = ask(pipeline, [given(text, ("miR-21", "MIRNA"), ("PTEN", "GENE"))], given_mentions=True)
        assert len(item["mentions"]) == 2
        (triple,) = item["triples"]
        assert statements(item) == ["not miR-21 decreases PTEN"]
        assert (triple["manipulation"], triple["method"]) == (["knockdown"], ["western blot"])

    def test_context_is_of_given_mentions_unless_it_is_asked_for(self, pipeline: Pipeline) -> None:
        text = "miR-21 inhibits PTEN in A549 lung cancer cells under hypoxia."
        spans = [("miR-21", "MIRNA"), ("PTEN", "GENE")]
        (bare,) = ask(pipeline, [given(text, *spans)], given_mentions=True)
        (cell,) = ask(pipeline, [given(text, *spans, ("A549", "CellLine"))], given_mentions=True)
        (tagged,) = ask(pipeline, [given(text, *spans)], given_mentions=True, tag_context=True)
        empty: dict[str, list[str]] = {slot: [] for slot in CONTEXT_SLOTS}
        assert bare["triples"][0]["context"] == empty
        assert cell["triples"][0]["context"] == {**empty, "cell_line": ["A549"]}
        assert tagged["triples"][0]["context"] == {
            **empty,
            "cancer": ["lung cancer"],
            "condition": ["hypoxia"],
            "cell_line": ["A549"],
        }
        assert len(tagged["mentions"]) == len(tagged["triples"]) + 1 == 2

    def test_offsets_count_code_points_past_emoji_accents_and_greek(self, pipeline: Pipeline) -> None:
        text = "😀 Zoe\u0301 found that TGF-β1 activates SMAD3."
        (item,) = ask(pipeline, [given(text, ("TGF-β1", "GENE"), ("SMAD3", "GENE"))], given_mentions=True)
        assert [m["text"] for m in item["mentions"]] == ["TGF-β1", "SMAD3"]
        assert statements(item) == ["TGF-β1 activates SMAD3"]

    def test_mentions_that_overlap_or_come_twice_are_no_trouble(self, pipeline: Pipeline) -> None:
        text = "Here miR-21-5p inhibits PTEN."
        spans = [("miR-21-5p", "MIRNA"), ("miR-21", "MIRNA"), ("PTEN", "GENE"), ("PTEN", "GENE")]
        (item,) = ask(pipeline, [given(text, *spans)], given_mentions=True)
        assert item["error"] is None
        assert [m["text"] for m in item["mentions"]] == ["miR-21-5p", "miR-21", "PTEN", "PTEN"]
        assert statements(item)


def test_a_line_of_twenty_megabytes_is_read(pipeline: Pipeline) -> None:
    filler = "x" * 20_000_000
    passages = [{"text": filler}, {"text": PTEN}]
    big, small = ask(pipeline, [{"id": "big", "passages": passages}, {"id": "small", "text": PTEN}])
    assert statements(big) == statements(small) == ["miR-21 inhibits PTEN"]
    assert big["triples"][0]["subject"]["start"] == 20_000_001


def test_lines_are_taken_as_they_are_needed(pipeline: Pipeline) -> None:
    """A pipe may bring lines for days: what is complete is written before the rest is read."""
    target = io.StringIO()
    seen: list[int] = []

    class Slow(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            seen.append(target.getvalue().count("\n"))
            return super().readline(size)

    source = Slow(b'{"id": "a", "text": "x"}\n' * 10)
    annotate(source, target, pipeline, Options(abreast=2))
    assert seen == [0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("many") / "in.jsonl"
    file.write_text("".join(f'{{"id": "{n}", "text": "TGF-β1 activates SMAD3."}}\n' for n in range(2000)), "utf-8")
    return file


def test_a_reader_that_goes_away_is_no_error_and_output_is_utf8_in_any_locale(many: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        ["bash", "-c", 'minex annotate - < "$0" | head -1', str(many)],
        env=environment,
        capture_output=True,
        timeout=60,
    )
    assert done.stderr == b""
    assert json.loads(done.stdout.decode("utf-8"))["mentions"][0]["text"] == "TGF-β1"
