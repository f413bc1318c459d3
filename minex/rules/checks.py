"""What must hold between rules: every name that one of them uses is there, and no path costs too much to walk."""

from __future__ import annotations

from collections.abc import Mapping

from minex.rules.language import RuleSet
from minex.rules.paths import Alternatives, Named, cost, dearest
from minex.rules.surface import check_pattern
from minex.rules.yamlfile import Place, unknown

MAX_STEPS = 500_000
"""How many steps a path may try from one word; the dearest of the shipped ones tries 30,000."""


def check(rules: RuleSet) -> None:
    """Raise a PatternError at the first name that dangles or path that is too dear."""
    effects = rules.taxonomy.effects
    for frame in rules.frames:
        rules.taxonomy.types(frame.subject_types, frame.place)
        rules.taxonomy.types(frame.object_types, frame.place)
        for effect in (*frame.trigger.effects, *filter(None, [frame.effect])):
            if effect not in effects:
                raise unknown(frame.place, "effect", effect, effects)
        for word in frame.trigger.words:
            if word not in {trigger.lemma for triggers in rules.triggers.values() for trigger in triggers}:
                raise frame.place.error(f"{word!r} is not a trigger word", "add it under triggers/")
    for link in rules.links:
        rules.taxonomy.types((*link.subject_types, *link.object_types), link.place)
        for effect in (link.effect, *link.effects, *link.stronger, *link.says, *link.says.values()):
            if effect not in effects:
                raise unknown(link.place, "effect", effect, effects)
    for reference in rules.references:
        rules.taxonomy.types((*reference.types, *reference.rivals), reference.place)
    for pattern in rules.surface:
        if pattern.effect not in effects:
            raise unknown(pattern.place, "effect", pattern.effect, effects)
        check_pattern(pattern, rules.taxonomy)
    for head in rules.head_nouns:
        rules.taxonomy.types(head.types, head.place)
    with_paths: list[tuple[Place, Alternatives]] = [
        *((frame.place, (*frame.subject, *frame.object, *frame.without)) for frame in rules.frames),
        *((cue.place, cue.paths) for cue in rules.cues),
        *((head.place, head.through) for head in rules.head_nouns),
    ]
    steps = dearest(rules.named_paths)
    for place, paths in with_paths:
        check_paths(paths, steps, place)


def check_paths(paths: Alternatives, named: Mapping[str, int], place: Place) -> None:
    """Raise a PatternError if a path refers to a name that is none, or would take too many steps.

    `named` are the steps of each named path, as :func:`minex.rules.paths.dearest` counts them.
    """
    for step in (step for path in paths for step in path):
        if isinstance(step, Named) and step.name not in named:
            raise unknown(place, "path", "$" + step.name, ("$" + name for name in named))
    if cost(paths, named) > MAX_STEPS:
        raise place.error(
            f"these paths may take more than {MAX_STEPS:,} steps from one word",
            "let fewer refer to each other",
        )
