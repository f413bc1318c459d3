"""Surface patterns over masked text."""

from __future__ import annotations

from pathlib import Path

from minex.model import Mention
from minex.rules.language import RuleSet, SurfacePattern
from minex.rules.surface import CompiledPattern, MaskedText
from minex.rules.yamlfile import Place


def pattern(text: str) -> SurfacePattern:
    return SurfacePattern("tested", Place(Path("t.yaml"), 1), 10, text, "regulate", ())


def mentions(text: str, **types: str) -> list[Mention]:
    return [
        Mention(text.index(word), text.index(word) + len(word), word, kind, name=word)
        for word, kind in types.items()
    ]


def test_slots_take_mentions_of_their_types_only(rules: RuleSet) -> None:
    text = "the AAA/BBB axis"
    compiled = CompiledPattern(pattern("<MIRNA subject>/<GENE object> axis"), rules.taxonomy)
    found = list(compiled.find(MaskedText.of(text, 0, mentions(text, AAA="MIRNA", BBB="GENE"))))
    assert [(match.subjects[0].text, match.objects[0].text) for match in found] == [("AAA", "BBB")]
    assert not list(compiled.find(MaskedText.of(text, 0, mentions(text, AAA="GENE", BBB="GENE"))))


def test_a_list_slot_takes_all_members(rules: RuleSet) -> None:
    text = "targets of AAA: BBB, CCC and DDD."
    compiled = CompiledPattern(pattern("targets of <MIRNA subject>: <GENE object+>"), rules.taxonomy)
    masked = MaskedText.of(text, 0, mentions(text, AAA="MIRNA", BBB="GENE", CCC="GENE", DDD="GENE"))
    [match] = compiled.find(masked)
    assert [mention.text for mention in match.objects] == ["BBB", "CCC", "DDD"]


def test_the_trigger_points_into_the_document(rules: RuleSet) -> None:
    text = "Here AAA directly hits BBB."
    compiled = CompiledPattern(pattern("<MIRNA subject> directly (?P<trigger>hits) <GENE object>"), rules.taxonomy)
    [match] = compiled.find(MaskedText.of(text[5:], 5, mentions(text, AAA="MIRNA", BBB="GENE")))
    assert text[match.trigger.start : match.trigger.end] == "hits"


def test_the_sign_of_the_mask_in_a_text_does_no_harm(rules: RuleSet) -> None:
    text = "\u27e6MIRNA#7\u27e7/BBB axis"
    compiled = CompiledPattern(pattern("<MIRNA subject>/<GENE object> axis"), rules.taxonomy)
    assert not list(compiled.find(MaskedText.of(text, 0, mentions(text, BBB="GENE"))))
