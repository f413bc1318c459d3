"""miRNA nomenclature as a grammar: *miR-21*, *let-7a/b*, *miR-15a and -16*, *pre-miR-155*, *miR-17-92 cluster*.

A name is a head (`miR`, `microRNA`, `let-7`, `lin-4`, ...) with a number, and after it may stand a list of
further members that leave out what they share with it. Heads are found by one regular expression; what
stands before and after is looked at through windows of bounded width, so reading is linear in the text.

Plant names are given in the same style as all others: `ath-miR156a` has the name `miR-156a`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minex.tagging import mirna_grammar as grammar


@dataclass(frozen=True, slots=True)
class MirnaName:
    """A miRNA's name in a text.

    `name` is normalized in miRBase's style without the species' prefix, as specific as the text. `kind` is
    `mature`, `precursor`, `family` or `cluster`. `species` is miRBase's prefix (`hsa`, `mmu`), if the text
    has it. The words *family* and *cluster* decide the kind and stay outside the span.
    """

    start: int
    end: int
    text: str
    name: str
    kind: str = "mature"
    species: str | None = None


@dataclass(slots=True)
class _Part:
    """One member while its list is being read: what it says itself."""

    start: int
    end: int
    stem: str
    num: str
    letter: str = ""
    locus: str = ""
    arm: str = ""
    star: bool = False
    chain: str = ""
    plural: bool = False
    slashed: bool = False

    @property
    def strong(self) -> bool:
        """Whether the member looks like a miRNA's number and not like a count."""
        return bool(self.letter or self.arm or self.star or self.chain)

    def name(self) -> str:
        """Return the member's normalized name."""
        number = f"{self.stem}-{self.num}{self.letter}{self.chain}"
        return (
            f"{number}{'-' + self.locus if self.locus else ''}{self.arm and '-' + self.arm + 'p'}{'*' * self.star}"
        )


def find(text: str) -> list[MirnaName]:
    """Return the miRNA names of a text, in order, without overlap.

    A list gives one name for each of its members; a member's span is what it says itself, without a
    leading dash: `222` in *miR-221/222*, `16` in *miR-15a and -16*.

    Examples:
        >>> [(found.text, found.name) for found in find("hsa-miR-15a and -16, but not MIR155HG")]
        [('hsa-miR-15a', 'miR-15a'), ('16', 'miR-16')]
        >>> [(found.name, found.kind) for found in find("the miR-17~92 cluster and pre-miR-155")]
        [('miR-17-92', 'cluster'), ('pre-miR-155', 'precursor')]
    """
    return list(_scan(text))


def _scan(text: str) -> Iterator[MirnaName]:
    """Yield the names list by list."""
    position = 0
    addresses = grammar.ADDRESS_HINT.search(text) is not None
    while maybe := grammar.MAYBE.search(text, position):
        head = grammar.HEAD.match(text, maybe.start())
        if head is None:
            position = maybe.end()
            continue
        position = head.end()
        left = _left(text, head.start())
        if left is None or (addresses and _in_address(text, head.start(), head.end())):
            continue
        found = _list(text, head, left)
        if found:
            yield from found
            position = max(position, found[-1].end)


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a head: where its name begins, its species, its stage."""

    start: int
    species: str | None = None
    stage: str = ""
    first: tuple[int, int, str] | None = None
    onco: int | None = None


def _left(text: str, start: int) -> _Left | None:
    """Return what stands before a head, or None if the head is inside another word."""
    if start == 0:
        return _Left(0)
    previous = text[start - 1]
    if previous == "_":
        return None
    if previous.isalnum():
        fused = grammar.FUSED_BEFORE.search(text, max(start - 8, 0), start)
        if fused is None:
            return None
        if fused["stage"] or fused["organism"]:
            return _Left(fused.start(), "hsa" if fused["organism"] else None, (fused["stage"] or "").lower())
        return _Left(start, onco=fused.start() if fused["onco"] else None)
    if previous not in grammar.DASH or text[max(start - 3, 0) : start - 1].lower() not in grammar.LAST_LETTERS:
        return _Left(start)
    before = grammar.BEFORE.search(text, max(start - 32, 0), start)
    if before is None or before.start() == start:
        return _Left(start)
    stage = (before["stage"] or "").lower()
    species = before["organism"] or before["inner"]
    begin = before.start()
    first = None
    if before["first"]:
        if stage:
            first = (begin, before.end("first"), before["first"])
        begin = min(at for at in (before.start("organism"), before.start("stage"), start) if at >= 0)
    return _Left(begin, grammar.SPECIES_FIX.get(species or "", species), stage, first)


def _list(text: str, head: re.Match[str], left: _Left) -> list[MirnaName]:
    """Return the names of one head and of the list that it opens; none if the head is no name."""
    if head["virus"]:
        return _viral(text, head, left)
    if head["lin"]:
        name = "lsy-6" if head["lin"].startswith("lsy") else "lin-4"
        return [_named(text, left.start, head.end(), name, "mature", left)]
    if left.onco is not None and (one := grammar.ONE.match(text, head.end())):
        return [_named(text, left.onco, one.end(), "miR-17-92", "cluster", left)]
    first = _member(text, head.end(), "let" if head["let"] else "miR")
    if first is None or not _head_holds(text, head, first):
        return []
    start = left.start
    if head["mir"] and head["gap"].startswith(")"):
        if start == 0 or text[start - 1] != "(":
            return []
        start -= 1
    first.start = start
    parts = [first, *_followers(text, first)]
    if len(parts) == 1 and head["plural"] and _doubtful(head) and not first.strong:
        return []
    return _names(text, parts, left)


def _in_address(text: str, start: int, end: int) -> bool:
    """Return whether a head stands in a mail address, a URL or a file's name."""
    if start and not text[start - 1].isspace():
        before = text[max(start - 60, 0) : start].rsplit(None, 1)[-1]
        if "://" in before or "www." in before or "@" in before:
            return True
    return grammar.ADDRESS.match(text, end) is not None


def _member(text: str, at: int, stem: str) -> _Part | None:
    """Read a number with what belongs to it; None if there is none or it is part of something else."""
    match = grammar.MEMBER.match(text, at)
    if match is None:
        return None
    num, letter, copy, chain, locus, arm, star, plural_s = match.groups("")
    end = match.end()
    plural = bool(plural_s)
    if letter == "s" and (num == "7" or num not in grammar.MANY_MEMBERS):
        letter, plural = "", True
    elif letter == "i" and num not in grammar.MANY_MEMBERS:
        letter, end = "", match.start("letter")
    if len(letter) == 2 and (letter.isupper() or len(num) < 3):
        return None
    if plural:
        end = min(end, match.end("plural") if match["plural"] else match.end("letter")) - 1
    if chain:
        chain = grammar.LINK.sub("-", chain)
        if chain.count("-") == 1 and _is_copy(num, chain[1:]):
            chain, locus = "", chain[1:]
    if stem == "let" and num != "7":
        stem = "miR"
    return _Part(at, end, stem, num, letter.lower(), copy or locus, arm, bool(star), chain, plural)


def _is_copy(num: str, second: str) -> bool:
    """Return whether a second number is a gene copy's (miR-1302-10) and not a cluster's far end."""
    return second.isdigit() and int(second) < 20 and (len(num) > 3 or num in grammar.MANY_MEMBERS)


def _doubtful(head: re.Match[str]) -> bool:
    """Return whether only a space, or nothing, joins a head and its number."""
    return head["gap"] is not None and (not head["gap"] or head["gap"].isspace())


def _head_holds(text: str, head: re.Match[str], first: _Part) -> bool:
    """Return whether a head and its number are a name."""
    if head["let"]:
        if first.num != "7":
            return False
        return bool(first.letter) if (head["letgap"] or "").isspace() else True
    if not _doubtful(head):
        return True
    if not head["gap"]:
        return not head["plural"]  # "by miRNAs12": a reference's number
    if head["mir"] == "Mir " or (len(first.num) == 4 and first.num[:2] in ("19", "20") and not first.strong):
        return False
    return first.strong or grammar.COUNTS.match(text, first.end) is None


def _followers(text: str, first: _Part) -> list[_Part]:
    """Return the members that follow a first one, as far as they surely are members."""
    parts = [first]
    sure = 1
    at = first.end + (1 if first.plural else 0)
    while (part := _next(text, at, parts)) is not None:
        member, certain = part
        parts.append(member)
        at = member.end
        if certain:
            sure = len(parts)
    if sure < len(parts) and _confirmed(text, parts[-1].end):
        sure = len(parts)
    return parts[1:sure]


def _confirmed(text: str, at: int) -> bool:
    """Return whether bare numbers at a list's end are members, by what stands after them."""
    return grammar.COUNTS.match(text, at) is None and grammar.GOES_ON.match(text, at) is not None


def _next(text: str, at: int, parts: list[_Part]) -> tuple[_Part, bool] | None:
    """Return a list's next member and whether it is one beyond doubt."""
    last = parts[-1]
    comma = grammar.COMMA.match(text, at)
    if comma is None:
        slash = grammar.SLASH.match(text, at)
        return _after_slash(text, slash, last) if slash is not None else None
    at = comma.end()
    dashed = comma["dash"] is not None
    if dashed and (arm := _other_arm(text, at, last)):
        return arm, True
    member = _member(text, at, last.stem)
    if member is None:
        letter = grammar.LETTER.match(text, at) if last.letter else None
        if letter is not None and (dashed or _follows(last.letter, letter["letter"])):
            return _lettered(letter, last), True
        return None
    if member.strong:
        time = not dashed and len(parts) == 1 and member.letter in ("d", "g", "h") and member.num != last.num
        return None if time else (member, True)  # "miR-21 and 48h later"
    if grammar.COUNTS.match(text, member.end):
        return None
    return (member, True) if dashed else _bare(comma, member, parts)


def _bare(comma: re.Match[str], member: _Part, parts: list[_Part]) -> tuple[_Part, bool] | None:
    """Return a number that stands alone in a list, if it may be a member at all."""
    listed = len(parts) > 1
    if len(member.num) < 2 or (len(member.num) == 4 and member.num[:2] in ("19", "20")):
        return None
    if comma["comma"] and (comma["word"] or not comma["comma"][-1].isspace()) and not listed:
        return None  # "miR-21, and 28 ...", "miR-21,12 ..."
    if parts[-1].arm and not listed and not comma["comma"]:
        return None
    return member, False


def _after_slash(text: str, slash: re.Match[str], last: _Part) -> tuple[_Part, bool] | None:
    """Return the member after a slash: a number, a letter or an arm."""
    at = slash.end()
    arm = _other_arm(text, at, last)
    if arm is not None:
        return arm, True
    member = _member(text, at, last.stem)
    if member is not None:
        if (
            not member.strong
            and text[member.end : member.end + 1] != "/"
            and grammar.COUNTS.match(text, member.end)
        ):
            return None
        member.slashed = True
        return member, True
    letter = grammar.LETTER.match(text, at)
    if letter is not None and last.letter and letter["letter"] in "abcdefghijkABCDEFGHIJK":
        part = _lettered(letter, last)
        part.slashed = True
        return part, True
    return None


def _lettered(match: re.Match[str], last: _Part) -> _Part:
    """Return the member that a letter alone names."""
    return _Part(
        match.start(),
        match.end(),
        last.stem,
        last.num,
        match["letter"].lower(),
        match["copy"] or match["locus"] or "",
        match["arm"] or "",
        match["star"] is not None,
    )


def _other_arm(text: str, at: int, last: _Part) -> _Part | None:
    """Return the member that an arm alone names, as the second of *miR-24-3p/-5p*."""
    match = grammar.ARM.match(text, at)
    if match is None or not last.arm or match["arm"] == last.arm:
        return None
    return _Part(match.start(), match.end(), last.stem, last.num, last.letter, last.locus, match["arm"])


def _follows(before: str, letter: str) -> bool:
    """Return whether a bare letter can come after another one in a list."""
    return letter.islower() and letter <= "h" and 0 < ord(letter) - ord(before[-1]) <= 4


def _names(text: str, parts: list[_Part], left: _Left) -> list[MirnaName]:
    """Return the names of a list's members, with what they share handed round."""
    family = grammar.FAMILY.match(text, parts[0].end) if len(parts) == 1 else None
    if len(parts) > 1:
        for before, part in zip(parts[-2::-1], parts[:0:-1], strict=True):
            if part.slashed and part.arm and not (before.arm or before.star):
                before.arm = part.arm
    found = []
    if len(parts) == 2 and parts[1].slashed:
        pair = (parts[0].num + parts[0].letter, parts[1].num + parts[1].letter)
        ends = grammar.CLUSTER_END.match(text, parts[0].end)
        if pair in grammar.ENDS_OF_CLUSTERS or (
            pair in grammar.ENDS_IF_SAID and ends is not None and ends["said"]
        ):
            parts = [parts[0]]
            parts[0].chain, parts[0].end = f"-{pair[1]}", ends.end() if ends else parts[0].end
    if left.first is not None:
        begin, end, stage = left.first
        found.append(_named(text, begin, end, f"{stage}-{parts[0].name()}", "precursor", left))
    for part in parts:
        kind = "cluster" if part.chain else "family" if part.plural else "mature"
        if family is not None:
            kind = "family" if family["family"] else "cluster"
        name = part.name()
        if left.stage:
            kind, name = "precursor", f"{left.stage}-{name}"
        found.append(_named(text, part.start, part.end, name, kind, left))
    return found


def _viral(text: str, head: re.Match[str], left: _Left) -> list[MirnaName]:
    """Return a virus's miRNA, whose number is a code such as BART7 or K12-11."""
    code = re.sub(rf"[{grammar.DASH}]", "-", head["code"] + (head["vlocus"] or ""))
    arm = f"-{head['varm']}" if head["varm"] else ""
    name = f"miR-{code}{arm}{head['vstar'] or ''}"
    return [
        _named(
            text,
            left.start,
            head.end(),
            f"{left.stage}-{name}" if left.stage else name,
            "precursor" if left.stage else "mature",
            left,
        )
    ]


def _named(text: str, start: int, end: int, name: str, kind: str, left: _Left) -> MirnaName:
    """Return a found name."""
    return MirnaName(start, end, text[start:end], name, kind, left.species)
