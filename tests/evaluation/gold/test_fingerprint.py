"""A sentence's fingerprint holds for every copy of it."""

from __future__ import annotations

import unicodedata
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.evaluation.gold.fingerprint import Stream, digest, fingerprint, occurrence, squeeze

SAMPLE = "HIF-1α promotes efflux of fibrin (Fig. 1)."


@pytest.mark.parametrize(
    "copy",
    [
        SAMPLE.upper(),
        SAMPLE.replace(" ", "\n"),
        SAMPLE.replace("promotes", "pro-\nmotes"),
        SAMPLE.replace("promotes", "pro\u00admotes"),
        SAMPLE.replace("-", "\u2010"),
        SAMPLE.replace("efflux", "e\ufb04ux").replace("fibrin", "\ufb01brin"),
        SAMPLE.replace(" ", "\u00a0"),
        SAMPLE.replace("(", "[").replace(")", "]"),
        SAMPLE.replace("fi", "f\u200bi"),
    ],
)
def test_a_copy_that_is_set_otherwise_has_the_same_fingerprint(copy: str) -> None:
    assert fingerprint(copy) == fingerprint(SAMPLE)


@pytest.mark.parametrize("other", [SAMPLE.replace("1α", "2α"), SAMPLE.replace("of ", ""), ""])
def test_a_sentence_of_other_words_has_another(other: str) -> None:
    assert fingerprint(other) != fingerprint(SAMPLE)


def test_accents_count_for_nothing_however_they_are_written() -> None:
    assert squeeze("naïve") == squeeze(unicodedata.normalize("NFD", "naïve")) == "naive"


words = st.text(st.sampled_from("aBcßéαΩ1²ﬁ"), min_size=1, max_size=8)
texts = st.lists(words, min_size=1, max_size=8)


@given(st.text())
def test_squeezing_twice_is_squeezing_once(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


def test_no_character_is_squeezed_further_the_second_time() -> None:
    blocks = (range(0x3400), range(0xA000, 0x17000), range(0x1B000, 0x20000), range(0x2F800, 0x2FA20))
    everything = "".join(map(chr, chain(*blocks)))
    assert squeeze(squeeze(everything)) == squeeze(everything)


@given(
    texts,
    st.sampled_from([" ", "\n", "-", "-\n", "\u00ad", ", ", " ("]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_case_hyphens_line_breaks_and_ligatures_change_no_fingerprint(
    parts: list[str], joint: str, case: object
) -> None:
    plain = " ".join(parts)
    assert fingerprint(case(joint.join(parts))) == fingerprint(plain)  # type: ignore[operator]
    assert fingerprint(plain.replace("ﬁ", "fi")) == fingerprint(plain)


@given(st.text(), st.data())
def test_a_stretch_of_the_squeezed_text_is_mapped_back_to_the_text(text: str, data: st.DataObject) -> None:
    stream = Stream(text)
    if not stream.squeezed:
        return
    start = data.draw(st.integers(0, len(stream.squeezed) - 1))
    end = data.draw(st.integers(start + 1, len(stream.squeezed)))
    first, last = stream.span(start, end)
    assert 0 <= first < last <= len(text)
    assert stream.squeezed[start:end] in squeeze(text[first:last])
    assert squeeze(text[first])
    assert squeeze(text[last - 1])


@given(texts, st.data())
def test_a_run_of_words_is_found_where_it_stands(parts: list[str], data: st.DataObject) -> None:
    one = data.draw(st.integers(0, len(parts) - 1))
    two = data.draw(st.integers(one + 1, len(parts)))
    wanted = squeeze(" ".join(parts[one:two]))
    found = Stream(" ".join(parts)).find({len(wanted): [digest(wanted)]})
    assert len(squeeze(" ".join(parts[:one]))) in found[len(wanted), digest(wanted)]


def test_what_begins_or_ends_inside_a_word_is_not_found() -> None:
    stream = Stream("reported results")
    assert stream.find({7: [fingerprint("results")]}) != {}
    assert stream.find({5: [fingerprint("sults")], 6: [fingerprint("result")]}) == {}


@pytest.mark.parametrize(
    ("surface", "ordinal", "place"),
    [("HIF", 1, (0, 3)), ("HIF", 2, (4, 7)), ("HIF", 3, None), ("", 1, None), ("-", 1, None), ("aa", 1, None)],
)
def test_occurrences_are_counted_from_one_and_end(
    surface: str, ordinal: int, place: tuple[int, int] | None
) -> None:
    assert occurrence(squeeze("HIF-1, HIF"), surface, ordinal) == place


def test_occurrences_that_overlap_are_counted_each() -> None:
    assert occurrence("aaa", "aa", 2) == (1, 3)
