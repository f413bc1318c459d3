"""miRNAs: mature and precursor from miRBase, families and clusters from their numbers and a curated table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minex.lexicon.compiling.collect import Collector
from minex.lexicon.compiling.parsers import Gene, Mature
from minex.model import MentionType

_ARM = re.compile(r"-[35]p$")
_COPY = re.compile(r"((?:mir|let)-\d+[a-z]?)-\d+")
_NUMBER = re.compile(r"((?:mir|let|lin|lsy)-\d+)([a-z]+)?(?:-\d+)*$")


@dataclass(frozen=True)
class Family:
    """A family or cluster of the curated table."""

    id: str
    name: str
    synonyms: tuple[str, ...]
    members: tuple[str, ...]


@dataclass
class _Human:
    """What is known of human miRNAs while they are being put in order; keys are names in lower case."""

    arms: dict[str, list[Mature]]
    bare: dict[str, str]


def add_mirnas(
    collector: Collector,
    precursors: Mapping[str, str],
    mature: Mapping[str, Mature],
    former: Mapping[str, str],
    families: Iterable[Family],
    others: Iterable[Mature] = (),
    renamed: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Add miRNAs; return what each name, in lower case and with species prefix unless human, stands for.

    A bare name (`mir-21`) is the arm that formerly had exactly this name. `former` says so where it is known;
    else it is the arm with the lower accession, which was named first. The other arm and the precursor lie
    below it.
    """
    names: dict[str, str] = {}
    human = _human(mature, former)
    bases = {_base(name) for name in human.arms} | set(human.bare)
    for base, arms in sorted(human.arms.items()):
        for arm in arms:
            id = f"mirbase.mature:{arm.id}"
            name = arm.name.removeprefix("hsa-")
            above = human.bare.get(base)
            # The arm that was miR-21 before arms were named is still miR-21 to everyone who speaks of it.
            shown = _base(name) if above == arm.id else name
            parents = [f"mirbase.mature:{above}"] if above and above != arm.id else []
            collector.concept(id, MentionType.MIRNA, shown, parents=parents)
            names[name.lower()] = id
    for base, accession in sorted(human.bare.items(), key=lambda item: len(item[0])):
        copy = _COPY.fullmatch(base)
        if copy and copy[1] in human.bare:
            # miR-16-1 as people say it is miR-16, not the only arm that is peculiar to this copy of the gene.
            names[base] = f"mirbase.mature:{human.bare[copy[1]]}"
            # What is peculiar to the copy is the arm that was miR-24-1*.
            names[f"{base}*"] = f"mirbase.mature:{human.arms[base][0].id}"
            continue
        if f"mirbase.mature:{accession}" in collector.concepts:
            names.setdefault(base, f"mirbase.mature:{accession}")
            _star(names, base, accession, human)
    for accession, name in sorted(precursors.items()):
        short = name.removeprefix("hsa-").replace("mir-", "miR-")
        below = [f"mirbase.mature:{m.id}" for m in mature.values() if accession in m.precursors]
        bare = names.get(_base(short.lower())) or names.get(re.sub(r"-\d+$", "", short.lower()))
        id = f"mirbase:{accession}"
        collector.concept(id, MentionType.MIRNA, f"pre-{short}", parents=[bare] if bare else below[:1])
        names[f"pre-{short.lower()}"] = id
        # One of several copies of the gene stands for all where the copy is not said.
        names.setdefault(f"pre-{re.sub(r'-[1-9]$', '', short.lower())}", id)
    now = {old.lower(): _base(arm.lower()) for old, arm in former.items()} | dict(renamed or {})
    for old, new in sorted(now.items()):
        for suffix in ("", "-5p", "-3p"):
            if f"{new}{suffix}" in names:
                names.setdefault(f"{old}{suffix}", names[f"{new}{suffix}"])
        if old in names:
            _star(names, old, names[old].removeprefix("mirbase.mature:"), human, new)
    _add_families(collector, names, families, bases)
    for found in others:
        id = f"mirbase.mature:{found.id}"
        short = found.name.split("-", 1)[1].lower()
        same = names.get(short) or names.get(re.sub(r"(?<=\d)a(?=-|$)", "", short))
        collector.concept(id, MentionType.MIRNA, found.name, parents=[same] if same else [])
        names[found.name.lower()] = id
        if found.name.endswith(("-5p", "-3p")):
            bare = found.name[:-3].lower()
            if bare not in names or int(names[bare][20:]) > int(found.id[5:]):
                names[bare] = id
        else:
            names[found.name.lower()] = id
    return names


def renamed(genes: Iterable[Gene]) -> dict[str, str]:
    """Return the present names of miRNAs whose genes HGNC knows by a former one: `mir-128a` is `mir-128`.

    A former name that is a whole number (`miR-29`) and was given up before 2009, when symbols still had an N
    (MIRN29), has long been the family's.
    """
    found: dict[str, set[str]] = {}
    for gene in genes:
        present = re.fullmatch(r"microRNA (\d+[a-z]?)(?:-\d)?", gene.name)
        if gene.locus != "RNA, micro" or present is None:
            continue
        for name in (*gene.aliases, *gene.previous):
            match = _FORMER.fullmatch(name)
            old = match and (match["alias"] or match["symbol"] or "").lower()
            if (
                match
                and old
                and old != present[1]
                and _same_number(old, present[1])
                and (old[-1].isalpha() or match["symbol"])
            ):
                found.setdefault(f"mir-{old}", set()).add(f"mir-{present[1]}")
    return {old: min(new) for old, new in found.items() if len(new) == 1}


def _same_number(one: str, other: str) -> bool:
    return one.rstrip(_LETTERS) == other.rstrip(_LETTERS)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMER = re.compile(r"(?:hsa-mir-(?P<alias>\d+[a-z]?)|MIR(?P<symbol>\d+[A-Z]?))(?:-\d)?")


def _base(name: str) -> str:
    """Return a name without its arm."""
    return _ARM.sub("", name)


def _human(mature: Mapping[str, Mature], former: Mapping[str, str]) -> _Human:
    arms: dict[str, list[Mature]] = {}
    for found in sorted(mature.values(), key=lambda m: m.id):
        arms.setdefault(_base(found.name.removeprefix("hsa-").lower()), []).append(found)
    accession = {m.name.removeprefix("hsa-").lower(): m.id for m in mature.values()}
    bare = {}
    for base, found_arms in arms.items():
        said = accession.get(former.get(base, "").lower())
        bare[base] = said or found_arms[0].id
    for base, arm in former.items():
        if arm.lower() in accession:
            bare[base] = accession[arm.lower()]
    return _Human(arms, bare)


def _star(names: dict[str, str], base: str, accession: str, human: _Human, now: str | None = None) -> None:
    """Say that `base*` is the other arm, of what is called `now`."""
    others = [m.id for m in human.arms.get(now or base, ()) if m.id != accession]
    if others:
        names.setdefault(f"{base}*", f"mirbase.mature:{others[0]}")


def _add_families(
    collector: Collector, names: dict[str, str], families: Iterable[Family], bases: set[str]
) -> None:
    members: dict[str, set[str]] = {}
    for base in bases:
        match = _NUMBER.fullmatch(base)
        if match and match[2]:
            members.setdefault(match[1], set()).add(base)
    curated = {family.id for family in families}
    for family in families:
        id = f"minex.family:{family.id}"
        collector.concept(id, MentionType.MIRNA, family.name)
        for member in family.members:
            below = names.get(member.lower())
            if below:
                collector.concept(below, MentionType.MIRNA, member, parents=[id])
        for synonym in (family.id, family.name, *family.synonyms):
            plain = re.sub(r" (?:family|cluster)$", "", synonym).lower()
            names[f"{plain} family"] = names[f"{plain} cluster"] = id
            names.setdefault(plain, id)
    for number, below_bases in sorted(members.items()):
        if number in curated or (len(below_bases) < 2 and number in bases):
            continue
        id = f"minex.family:{number}"
        collector.concept(id, MentionType.MIRNA, f"{number.replace('mir', 'miR')} family")
        for base in sorted(below_bases | ({number} & bases)):
            collector.concept(names[base], MentionType.MIRNA, base, parents=[id])
        names[f"{number} family"] = id
        names.setdefault(number, id)
