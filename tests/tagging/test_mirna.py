"""The miRNA grammar: a table of forms and of traps, the properties that hold for any text, and its speed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.tagging.mirna import find
from tests.growth import STRAIGHT, growth

# One form a line: the text | its names, each as text=name, kind and species after commas where they are not
# "mature" and none. A line without names is a trap.
FORMS = r"""
miR-21 | miR-21=miR-21
hsa-miR-21-5p | hsa-miR-21-5p=miR-21-5p,mature,hsa
mmu-miR-155 | mmu-miR-155=miR-155,mature,mmu
has-miR-143 is a slip | has-miR-143=miR-143,mature,hsa
hsamiR16 | hsamiR16=miR-16,mature,hsa
microRNA 21 | microRNA 21=miR-21
microRNA-21 | microRNA-21=miR-21
MicroRNA-21 is oncogenic | MicroRNA-21=miR-21
MICRORNA-21 | MICRORNA-21=miR-21
micro RNA-146a | micro RNA-146a=miR-146a
micro-RNA-146a | micro-RNA-146a=miR-146a
miRNA-128 | miRNA-128=miR-128
miRNA 128 | miRNA 128=miR-128
miRNA21 | miRNA21=miR-21
miR21 | miR21=miR-21
miR 21 | miR 21=miR-21
mir-21 | mir-21=miR-21
MiR-21 | MiR-21=miR-21
MIR-21 | MIR-21=miR-21
MIR21 | MIR21=miR-21
Mir21 | Mir21=miR-21
MIRN21 | MIRN21=miR-21
MIR196A2 | MIR196A2=miR-196a-2
MIRLET7A1 | MIRLET7A1=let-7a-1
let-7a | let-7a=let-7a
Let-7 | Let-7=let-7
let7b | let7b=let-7b
let7-g | let7-g=let-7g
let-7i | let-7i=let-7i
let 7a | let 7a=let-7a
LET-7C | LET-7C=let-7c
let-7f-1 | let-7f-1=let-7f-1
let-7a-5p | let-7a-5p=let-7a-5p
miR-let-7i | miR-let-7i=let-7i
hsa-let-7b | hsa-let-7b=let-7b,mature,hsa
let-7 family | let-7=let-7,family
lin-4 acts in worms | lin-4=lin-4
cel-lin-4 | cel-lin-4=lin-4,mature,cel
lsy-6 | lsy-6=lsy-6
miR-17-92 cluster | miR-17-92=miR-17-92,cluster
miR-17~92 | miR-17~92=miR-17-92,cluster
miR-17 approximately 92 | miR-17 approximately 92=miR-17-92,cluster
miR-17–92 cluster | miR-17–92=miR-17-92,cluster
miR-17/92 | miR-17/92=miR-17-92,cluster
miR17-92 | miR17-92=miR-17-92,cluster
miR-106b~25 | miR-106b~25=miR-106b-25,cluster
miR-106b-25 | miR-106b-25=miR-106b-25,cluster
miR-183∼96∼182 | miR-183∼96∼182=miR-183-96-182,cluster
miR-183-96-182 cluster | miR-183-96-182=miR-183-96-182,cluster
miR-23a-27a-24-2 cluster | miR-23a-27a-24-2=miR-23a-27a-24-2,cluster
miR-302/367 cluster | miR-302/367=miR-302-367,cluster
oncomiR-1 | oncomiR-1=miR-17-92,cluster
oncomir-1 ( | oncomir-1=miR-17-92,cluster
oncomiR-21 | miR-21=miR-21
miR-143 cluster | miR-143=miR-143,cluster
miR-200 family | miR-200=miR-200,family
miR-200 families | miR-200=miR-200,family
miR-15 seed family | miR-15=miR-15,family
miR-200s | miR-200=miR-200,family
let-7s | let-7=let-7,family
pre-miR-155 | pre-miR-155=pre-miR-155,precursor
pri-miR-155 | pri-miR-155=pri-miR-155,precursor
Pri-miRNA-145 | Pri-miRNA-145=pri-miR-145,precursor
hsa-pre-miR-21 | hsa-pre-miR-21=pre-miR-21,precursor,hsa
pre-let-7a | pre-let-7a=pre-let-7a,precursor
premiR-21 | premiR-21=pre-miR-21,precursor
pre-/pri-miR-155 | pre=pre-miR-155,precursor; pri-miR-155=pri-miR-155,precursor
pri- and pre-miR-155 | pri=pri-miR-155,precursor; pre-miR-155=pre-miR-155,precursor
miR-199a* | miR-199a*=miR-199a*
miR-199a(*) | miR-199a(*)=miR-199a*
miR-29c-star | miR-29c-star=miR-29c*
miR-26a2* | miR-26a2*=miR-26a-2*
miR-16-2* | miR-16-2*=miR-16-2*
miR30a | miR30a=miR-30a
miR-200C | miR-200C=miR-200c
miR-30a.5p | miR-30a.5p=miR-30a-5p
miR-24-3P | miR-24-3P=miR-24-3p
miR24-3p | miR24-3p=miR-24-3p
miR1543p | miR1543p=miR-154-3p
miR-1246 | miR-1246=miR-1246
miR-12136 | miR-12136=miR-12136
miR-103a-2-5p | miR-103a-2-5p=miR-103a-2-5p
miR-548a-3p | miR-548a-3p=miR-548a-3p
miR-548aa | miR-548aa=miR-548aa
miR-1302-10 | miR-1302-10=miR-1302-10
miR-125b-1 | miR-125b-1=miR-125b-1
anti-miR-21 | miR-21=miR-21
antimiR-21 | miR-21=miR-21
anti-miRNA-21 | miRNA-21=miR-21
LNA-anti-miR-21 | miR-21=miR-21
antagomir-155 | mir-155=miR-155
antagomiR-21 | miR-21=miR-21
agomir-155 | mir-155=miR-155
exomiR-21 | miR-21=miR-21
mimicmiR155 | miR155=miR-155
miR-21 mimic | miR-21=miR-21
miR-21i | miR-21=miR-21
miR-21's targets | miR-21=miR-21
miR-155-/- mice | miR-155=miR-155
miR-155(-/-) mice | miR-155=miR-155
miR-21+ cells | miR-21=miR-21
miR-21low | miR-21=miR-21
miR-21high | miR-21=miR-21
miR-21hi | miR-21=miR-21
miR-34aKO | miR-34a=miR-34a
miR-21and PTEN | miR-21=miR-21
miR-210-3p-mediated | miR-210-3p=miR-210-3p
miR-21-overexpressing | miR-21=miR-21
miR-21-PTEN axis | miR-21=miR-21
miR-21/PTEN axis | miR-21=miR-21
miR-21-3'UTR | miR-21=miR-21
miR-21-5-FU | miR-21=miR-21
Ago2-miR-21 | miR-21=miR-21
(miR-21) | miR-21=miR-21
the cells.miR-21 rose | miR-21=miR-21
microRNA (miR)-21 | (miR)-21=miR-21
miR- 21 | miR- 21=miR-21
miR -21 | miR -21=miR-21
miR‐21 | miR‐21=miR-21
miR‑21 | miR‑21=miR-21
miR–21 | miR–21=miR-21
miR—21 | miR—21=miR-21
miR−21 | miR−21=miR-21
hsa–miR–21–5p | hsa–miR–21–5p=miR-21-5p,mature,hsa
miR156 in rice | miR156=miR-156
ath-miR156a | ath-miR156a=miR-156a,mature,ath
ebv-miR-BART7 | ebv-miR-BART7=miR-BART7,mature,ebv
miR-BART7-3p | miR-BART7-3p=miR-BART7-3p
ebv-miR-BHRF1-1 | ebv-miR-BHRF1-1=miR-BHRF1-1,mature,ebv
kshv-miR-K12-11 | kshv-miR-K12-11=miR-K12-11,mature,kshv
hcmv-miR-UL112 | hcmv-miR-UL112=miR-UL112,mature,hcmv
miR-BART3 | miR-BART3=miR-BART3
miR-iab-4 | miR-iab-4=miR-iab-4
miR-23a/b | miR-23a=miR-23a; b=miR-23b
miR-221/222 | miR-221=miR-221; 222=miR-222
miR-216/-217 | miR-216=miR-216; 217=miR-217
miR-15a and -16 | miR-15a=miR-15a; 16=miR-16
miR-15a or -16 | miR-15a=miR-15a; 16=miR-16
miR-15a/16-1 | miR-15a=miR-15a; 16-1=miR-16-1
miR-29a/b-1 | miR-29a=miR-29a; b-1=miR-29b-1
miR-34b/c-5p | miR-34b=miR-34b-5p; c-5p=miR-34c-5p
miR-30a, b and c | miR-30a=miR-30a; b=miR-30b; c=miR-30c
miR-200a, -b and -c | miR-200a=miR-200a; b=miR-200b; c=miR-200c
miR-200a/b/c | miR-200a=miR-200a; b=miR-200b; c=miR-200c
miR-200b/a/429 | miR-200b=miR-200b; a=miR-200a; 429=miR-429
miR-141/200c | miR-141=miR-141; 200c=miR-200c
miR-17/20a/106b | miR-17=miR-17; 20a=miR-20a; 106b=miR-106b
miR-15/16/195/424/497 family | miR-15=miR-15; 16=miR-16; 195=miR-195; 424=miR-424; 497=miR-497
miR-9/9* | miR-9=miR-9; 9*=miR-9*
miR-24-3p/-5p | miR-24-3p=miR-24-3p; 5p=miR-24-5p
miR-17-5p and -3p | miR-17-5p=miR-17-5p; 3p=miR-17-3p
miR-200a, -200b, and -429 | miR-200a=miR-200a; 200b=miR-200b; 429=miR-429
miRNA-21, -155 and -210 | miRNA-21=miR-21; 155=miR-155; 210=miR-210
miRs-221 and -222 | miRs-221=miR-221; 222=miR-222
microRNAs 21 and 155 | microRNAs 21=miR-21; 155=miR-155
microRNAs 124a | microRNAs 124a=miR-124a
let-7a/b/c | let-7a=let-7a; b=let-7b; c=let-7c
let-7a, -7d and -7e | let-7a=let-7a; 7d=let-7d; 7e=let-7e
(let-7c, 21, 26a, 146a) | let-7c=let-7c; 21=miR-21; 26a=miR-26a; 146a=miR-146a
miR-143 and 145 were low | miR-143=miR-143; 145=miR-145
miR-148a, 217 and 375. | miR-148a=miR-148a; 217=miR-217; 375=miR-375
miR 21,135a, 335, 206 and PTEN | miR 21=miR-21; 135a=miR-135a; 335=miR-335; 206=miR-206
miR-1914* and -1915 | miR-1914*=miR-1914*; 1915=miR-1915
hsa-miR-21, -103 | hsa-miR-21=miR-21,mature,hsa; 103=miR-103,mature,hsa
pre-miR-15a and -16 | pre-miR-15a=pre-miR-15a,precursor; 16=pre-miR-16,precursor
anti-miR-21/-155 | miR-21=miR-21; 155=miR-155
miR-221, miR-222 and let-7a | miR-221=miR-221; miR-222=miR-222; let-7a=let-7a
miR-17-92/miR-106b-25 | miR-17-92=miR-17-92,cluster; miR-106b-25=miR-106b-25,cluster
miR-21, 5 patients | miR-21=miR-21
miR-21, 50 patients | miR-21=miR-21
miR-21 and 22 patients | miR-21=miR-21
miR-21 and 3 other | miR-21=miR-21
miR-21 and 48h later | miR-21=miR-21
miR-21 and 24 h later | miR-21=miR-21
miR-21, 0.91 and 2 | miR-21=miR-21
miR-29b, and 28 were low | miR-29b=miR-29b
miR-31, 8-fold | miR-31=miR-31
miR-21, 2012) | miR-21=miR-21
miR-34a/c-Myc | miR-34a=miR-34a
miR-30a and c-Met | miR-30a=miR-30a
miR-34a, p < 0.05 | miR-34a=miR-34a
miR-34a/p53 | miR-34a=miR-34a
miR-21 and a mimic | miR-21=miR-21
MIR210HG |
MIR155HG |
MIR31HG |
MIR200CHG |
MIR4435-2HG |
MIR205-AS1 |
MIRLET7BHG |
the miR-31 host gene |
a.mir21@example.org |
mir-21@example.org |
http://example.org/mir-21/ |
www.example.org/mir-21 |
see mir-21.fasta |
hsa_mir_21 |
the Mir station |
the Mir 18 crew |
pmiR-REPORT |
pMIR-21-luc |
psiCHECK-miR |
microRNA-processing |
miRNA-mediated |
microRNA 3'UTR |
the miR-3p strand |
miRNAs 5 days |
miRNAs 12 were up |
by miRNAs12 and |
miRNA 22 nt |
microRNA 2019 |
TmiR-21 |
admiral 21 |
MIR spectroscopy |
mirror 21 |
let 7 patients |
let us take 7a |
outlet-7 |
let-8 |
Lin28 |
lin-28 |
lin-41 |
lin-14 |
caveolin-1 |
berlin-4 |
bantam |
"""


def _cases() -> list[tuple[str, list[tuple[str, str, str, str | None]]]]:
    cases = []
    for line in FORMS.strip().split("\n"):
        text, _, names = line.rpartition("|")
        expected = []
        for name in filter(None, (part.strip() for part in names.split("; "))):
            span, _, said = name.partition("=")
            fields = said.split(",")
            expected.append(
                (
                    span,
                    fields[0],
                    fields[1] if len(fields) > 1 else "mature",
                    fields[2] if len(fields) > 2 else None,
                )
            )
        cases.append((text.strip(), expected))
    return cases


CASES = _cases()
NAMES = sorted({name for _, expected in CASES for _, name, _, _ in expected})


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_form_is_read_as_the_table_says(text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    assert [(found.text, found.name, found.kind, found.species) for found in find(text)] == expected


def test_the_table_has_150_forms_and_traps() -> None:
    assert len({text for text, _ in CASES}) >= 150


def test_a_name_broken_at_a_lines_end_is_one_name() -> None:
    assert [(found.text, found.name) for found in find("miR-\n21 and miR-24-\n3p")] == [
        ("miR-\n21", "miR-21"),
        ("miR-24-\n3p", "miR-24-3p"),
    ]


def test_a_list_broken_at_a_lines_end_goes_on() -> None:
    assert [found.name for found in find("miR-15a\nand -16")] == ["miR-15a", "miR-16"]


@pytest.mark.parametrize("name", NAMES)
def test_normalizing_a_normalized_name_changes_nothing(name: str) -> None:
    assert [found.name for found in find(name)] == [name]


WORDS = [
    "miR",
    "MIR",
    "microRNAs",
    "let",
    "lin-4",
    "hsa-",
    "pre-",
    "anti",
    "BART",
    "HG",
    "family",
    "cluster",
    "patients",
]
MARKS = [
    "-",
    "–",
    "~",
    "/",
    ",",
    " ",
    "\n",
    "and",
    "*",
    "(",
    ")",
    ".",
    "@",
    "%",
    "21",
    "7",
    "a",
    "b",
    "s",
    "3p",
    "5p",
]
PIECES = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=30).map("".join)


@given(st.one_of(st.text(max_size=100), PIECES))
@settings(max_examples=400, deadline=None)
def test_offsets_are_true_ascending_and_apart(text: str) -> None:
    found = find(text)
    assert all(text[name.start : name.end] == name.text for name in found)
    assert all(name.start < name.end for name in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(PIECES)
@settings(max_examples=400, deadline=None)
def test_a_name_is_always_in_normal_form(text: str) -> None:
    normal = re.compile(
        r"(?:(?:pre|pri)-)?(?:(?:miR-(?:\d+[a-z]{0,2}(?:-\d+[a-z]?)*|(?:BART|K|H|M|UL|US|K12-|BHRF1-|iab-)\d+\w*(?:-\d)?)"
        r"|let-7[a-z]{0,2}(?:-\d+[a-z]?)*)(?:-[35]p)?\*?|lin-4|lsy-6)"
    )
    for name in find(text):
        assert normal.fullmatch(name.name)


@given(
    st.sampled_from(CASES),
    st.sampled_from(["We saw that ", "Cells.\n", "\n\n", "a\n", "(1) "]),
    st.sampled_from(["\n\nWe", "\nThe", "  ", " ."]),
)
@settings(max_examples=300, deadline=None)
def test_what_stands_around_a_form_does_not_change_it(
    case: tuple[str, list[tuple[str, str, str, str | None]]], before: str, after: str
) -> None:
    text, _ = case
    alone = [(found.start, found.text, found.name, found.kind) for found in find(text)]
    within = [
        (found.start - len(before), found.text, found.name, found.kind) for found in find(before + text + after)
    ]
    assert within == alone


@pytest.mark.parametrize("unit", ["miR-1,", "miR-", "1"])
def test_a_hostile_megabyte_is_read_in_a_straight_line(unit: str) -> None:
    """A limit in seconds stood here once, and a busy machine broke it."""
    assert growth(find, lambda size: unit * (size // len(unit)), 150_000) < STRAIGHT


@pytest.mark.parametrize(
    "unit", ["miR-21, 22, ", ", 22", "miR-21-", "miR-1~", "pre-", "a@", "miR-9.", "/22", "m", " "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    assert growth(find, lambda size: "miR-21" + unit * (size // len(unit)), 40_000) < STRAIGHT
