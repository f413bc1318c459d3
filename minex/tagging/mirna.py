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

_DASH = "\\-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_TILDE = "~\u223c\u301c\uff5e"
_PRIME = "'\u2019\u2032\u00b4`"

# miRBase's prefixes of the organisms and viruses that papers write out; `has` is the common slip for `hsa`.
_SPECIES = frozenset(
    """
    hsa has mmu rno bta ssc gga dre cel dme ath osa zma cfa eca oar chi ptr mml ppy ggo ppa xtr xla bmo tae gma
    mtr ptc vvi sly stu bna aly hvu sbi smo ppt cre tgu ola fru tni aga aae api ame cbr cin csa dps dsi dya hme
    isc lgi mdo oan cgr ocu sja sma tca ebv kshv hcmv hhv6b hsv1 hsv2 mcmv mghv mdv1 mdv2 rlcv rrv sv40 bkv jcv
    hiv1 mcv blv prv iltv
    """.split()
)
_ORGANISM = "|".join(sorted(_SPECIES, key=len, reverse=True))

# What is written on to the number without a space: states of cells and animals, and words that lost their space.
_FUSED = (
    r"(?:low|lo|high|hi|neg|pos|null|def|ko|KO|Ko|tg|Tg|TG|wt|WT|mut|MUT|Mut|OE|oe|inh|flox|fl|sponge|mimics?|"
    r"inhibitors?|expression|levels?|and|or|in)(?![^\W_])"
)
_END = rf"(?:(?![^\W_])|(?={_FUSED})|(?=i(?![^\W_])))"

_HEAD = re.compile(
    rf"""
    (?P<let>   (?:[mM][iI][rR][{_DASH}\ ]?)?[lL](?:et|ET)(?P<letgap>[{_DASH}]\s?|\s)?(?=7)          )
  | (?P<lin>   (?:[lL]in|LIN)[{_DASH}]4{_END} | lsy[{_DASH}]6{_END}                                  )
  | (?P<virus> [mM]i[rR][{_DASH}]?(?P<code>
        BART\d{{1,2}}|BHRF1[{_DASH}]\d|K12[{_DASH}]\d{{1,2}}[ab]?|UL\d{{1,3}}[AB]?|US\d{{1,2}}|[KHM]\d{{1,2}}|iab[{_DASH}]\d
        )(?P<vlocus>[{_DASH}]\d(?![\dp]))?(?:[{_DASH}](?P<varm>[35]p))?(?P<vstar>\*)?{_END}          )
  | (?P<mir>   [mM](?:[iI][cC][rR][oO][{_DASH}\s]?[rR][nN][aA]|[iI][rR][nN][aA]|[iI][rR][nN](?=\d)|[iI][rR])
        (?P<plural>[sS])?
        (?P<gap>   \)?\s?[{_DASH}]\s{{0,2}}(?:<sup>)?  |  \s  |  )
        (?=[1-9])                                                                                      )
    """,
    re.VERBOSE,
)

_MEMBER = re.compile(
    rf"""
    (?P<num>[1-9]\d{{0,4}})
    (?: (?!(?<=[35])[pP](?![^\W_])|{_FUSED}) (?P<letter>[abAB]?[a-zA-Z]) (?P<copy>[1-9](?!\d?[pP]))? )?
    (?P<chain>(?: (?:[{_DASH}](?=\d\d|\d[a-oq-z])|[{_TILDE}](?:miR[{_DASH}]|[{_DASH}])?) [1-9]\d{{0,3}}[a-oq-z]?
              (?![^\W_{_TILDE}]|\.\d|\s?[%°{_PRIME}]) ){{1,8}})?
    (?:[{_DASH}](?P<locus>\d{{1,2}})(?![\d%{_PRIME}]|\.\d|[^\W_]|[{_DASH}](?:FU|aza|HT|ASA|LO|mer)(?![a-z])))?
    (?: (?:[{_DASH}]\s?|\.|) (?P<arm>[35])[pP] (?![^\W_]) )?
    (?P<star> \(\*\) | [*\u2217\uff0a](?![*\u2217\uff0a]) | [{_DASH}]star(?![a-z]) )?
    (?P<plural>s(?![^\W_]))?
    {_END}
    """,
    re.VERBOSE,
)
_LETTER = re.compile(
    rf"(?P<letter>[a-zA-Z])(?P<copy>[1-9](?!\d?[pP]))?(?:[{_DASH}](?P<locus>\d{{1,2}})(?![\d%]|\.\d|[^\W_]))?"
    rf"(?:(?:[{_DASH}]\s?|\.|)(?P<arm>[35])[pP](?![^\W_]))?(?P<star>\(\*\)|[*\u2217](?!\*)|[{_DASH}]star(?![a-z]))?"
    # c-Myc and c-Met after a slash are proteins, not members.
    rf"(?![^\W_]|[{_DASH}](?:[A-Z]|(?:met|myc|kit|fos|jun|src|abl|fms|raf|cbl|rel|maf)(?![a-z]))|\s?[=<>≤≥]|[{_PRIME}])"
)
_ARM = re.compile(r"(?P<arm>[35])[pP](?![^\W_])")

_SLASH = re.compile(rf"\s?/\s?(?P<dash>[{_DASH}])?")
_COMMA = re.compile(
    rf"(?P<comma>\s?[,;]\s{{0,2}}|)(?P<word>\s{{0,2}}(?:and/or|and|or|&|\+|as\ well\ as|plus)\s{{1,2}}|)(?P<dash>[{_DASH}])?",
    re.VERBOSE,
)
_ENDS_OF_CLUSTERS = frozenset({("17", "92"), ("106b", "25"), ("106a", "363")})
_ENDS_IF_SAID = frozenset({("302", "367"), ("371", "373"), ("379", "410"), ("379", "656"), ("17", "92a")})
_CLUSTER_END = re.compile(
    rf"/(?P<num>[1-9]\d{{1,2}}[a-z]?)(?=(?P<said>[\s{_DASH}](?:cluster|polycistron))?)(?![^\W_/])"
)

_FAMILY = re.compile(
    rf"[\s{_DASH}](?:(?P<family>(?:seed[\s{_DASH}])?(?:family|families))|cluster|polycistron)", re.I
)
_HOST_GENE = re.compile(rf"[{_DASH}]?\d*(?:HG|AS\d?)(?![^\W_])|[{_DASH}\s]host\sgene", re.I)
_UNTRANSLATED = re.compile(rf"\s?[{_PRIME}]\s?[{_DASH}]?\s?(?:UTR|untrans|end|seed|arm)", re.I)

# A number that only a space joins to its head, or a list to its list, must not count things.
_COUNTS = re.compile(
    rf"""
    \s?[%°×] | [.:]\d | ,\d{{3}}(?![^\W_]) | /\d | \s?[{_DASH}]?\s?(?:fold|nt|nts|nucleotides?|mers?|bp|bps|kb|kDa|nm|[µμu]m|cm|mm|nM|[µμu]M|mM|
    [nµμum]g|[µμum]l|h|hr|hrs|hours?|d|days?|weeks?|wks?|months?|years?|min|minutes?|s|seconds?|times?|patients?|
    cases?|controls?|subjects?|samples?|specimens?|genes?|mi(?:cro)?RNAs?|miRs?|mRNAs?|proteins?|others?|other|of|
    different|novel|new|known|individuals?|mice|rats|cells?|studies|pairs?|tumou?rs?|types?|sites?)(?![^\W_])
    """,
    re.VERBOSE,
)
_GOES_ON = re.compile(
    rf"""
    \s*$ | [.?!]?[)\]] | [.?!](?:\s|$) | \s?[;:](?:\s|$) | ,(?:\s|$) | [{_DASH}][a-zA-Z] | [{_PRIME}"”] | /[A-Za-z] | \s\((?!\d) |
    \s(?:and|or|but|was|were|is|are|be|been|has|have|had|may|might|can|could|should|would|will|did|do|does|in|on|by|as|
    with|from|for|at|via|during|after|before|between|which|that|while|whereas|when|through|using|upon|both|both|not|
    all|also|only|directly|significantly|together|alone|respectively|synergistically|cooperatively|
    expressions?|levels?|mimics?|inhibitors?|clusters?|family|families|target|targeted|targeting|transfection|
    overexpression|upregulation|downregulation|silencing|knockdown|show|showed|shown|play|played|act|bind|
    (?:inhibit|suppress|regulat|promot|decreas|increas|reduc|enhanc|induc|up-?regulat|down-?regulat|repress|modulat|
    affect|attenuat|block|impair|correlat|represent|serve)(?:e|ed|s|es|ing)?)(?![^\W_])
    """,
    re.VERBOSE,
)

_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?P<first>pre|pri)[{_DASH}]?\s?(?:/|and\s|or\s)\s?)?"
    rf"(?:(?P<organism>{_ORGANISM})[{_DASH}])?(?:(?P<stage>pre|pri|Pre|Pri)[{_DASH}\s])?(?:(?P<inner>{_ORGANISM})[{_DASH}])?\Z"
)
_FUSED_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?P<stage>pre|pri|Pre|Pri)|[aA]nta[gG]o|[aA]nti|[aA]go|(?P<onco>[oO]nco)|[eE]xo|[eE]x|[tT]umou?r|"
    rf"[lL]enti|(?P<organism>hsa|mmu|rno))\Z"
)
_ADDRESS = re.compile(
    r"[\w.+%-]{0,60}@|[\w-]{0,40}\.(?:fa|fasta|fastq|fq|txt|csv|tsv|xlsx?|pdf|gz|bed|gff3?|py|html?|php|org|com|net|edu|"
    r"gov|png|jpe?g|tiff?|zip|docx?)(?![^\W_])"
)
_SPECIES_FIX = {"has": "hsa"}

# Members' letters beyond h exist in these miRNAs only; elsewhere a last i is an inhibitor's mark, as in miR-21i.
_MANY_MEMBERS = frozenset({"7", "297", "302", "466", "467", "548", "669", "1302", "2284", "2285"})


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
    while head := _HEAD.search(text, position):
        position = head.end()
        left = _left(text, head.start(), position_floor=0)
        if left is None:
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


def _left(text: str, start: int, position_floor: int) -> _Left | None:
    """Return what stands before a head, or None if the head is inside another word."""
    if start == 0:
        return _Left(0)
    previous = text[start - 1]
    if previous == "_":
        return None
    if previous.isalnum():
        fused = _FUSED_BEFORE.search(text, max(start - 8, 0), start)
        if fused is None:
            return None
        if fused["stage"] or fused["organism"]:
            return _Left(fused.start(), fused["organism"], (fused["stage"] or "").lower())
        return _Left(start, onco=fused.start() if fused["onco"] else None)
    if previous not in _DASH and not previous.isspace():
        return _Left(start)
    before = _BEFORE.search(text, max(start - 32, 0), start)
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
    if species is None and stage and begin < start and previous.isspace():
        return _Left(start)  # "the pre miR-21 level": a free word, not the stage
    return _Left(begin, _SPECIES_FIX.get(species or "", species), stage, first)


def _list(text: str, head: re.Match[str], left: _Left) -> list[MirnaName]:
    """Return the names of one head and of the list that it opens; none if the head is no name."""
    if _in_address(text, head.start(), head.end()):
        return []
    if head["virus"]:
        return _viral(text, head, left)
    if head["lin"]:
        name = "lsy-6" if head["lin"].startswith("lsy") else "lin-4"
        return [_named(text, left.start, head.end(), name, "mature", left)]
    if left.onco is not None and (one := re.compile(r"1(?![^\W_]|\.\d)").match(text, head.end())):
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
    if _doubtful(head) and len(parts) == 1 and head["mir"] and head["plural"]:
        return []
    return _names(text, parts, left)


def _in_address(text: str, start: int, end: int) -> bool:
    """Return whether a head stands in a mail address, a URL or a file's name."""
    token = text[max(start - 60, 0) : start].rsplit(None, 1)
    before = token[-1] if token and not text[start - 1 : start].isspace() else ""
    return "://" in before or "www." in before or "@" in before or _ADDRESS.match(text, end) is not None


def _member(text: str, at: int, stem: str) -> _Part | None:
    """Read a number with what belongs to it; None if there is none or it is part of something else."""
    match = _MEMBER.match(text, at)
    if match is None or _HOST_GENE.match(text, match.end()) or _UNTRANSLATED.match(text, match.end("num")):
        return None
    num, letter, chain, locus = match["num"], match["letter"] or "", match["chain"] or "", match["locus"] or ""
    end = match.end()
    plural = match["plural"] is not None
    if letter == "s" and (num == "7" or num not in _MANY_MEMBERS):
        letter, plural = "", True
    elif letter == "i" and num not in _MANY_MEMBERS:
        letter, end = "", match.start("letter")
    if len(letter) == 2 and (letter.isupper() or len(num) < 3):
        return None
    if plural:
        end = min(end, match.end("plural") if match["plural"] else match.end("letter")) - 1
    chain = re.sub(rf"[{_DASH}{_TILDE}]+(?:miR[{_DASH}])?", "-", chain)
    if chain.count("-") == 1 and _is_copy(num, chain[1:]):
        chain, locus = "", chain[1:]
    if stem == "let" and num != "7":
        stem = "miR"
    return _Part(
        at,
        end,
        stem,
        num,
        letter.lower(),
        match["copy"] or locus,
        match["arm"] or "",
        match["star"] is not None,
        chain,
        plural,
    )


def _is_copy(num: str, second: str) -> bool:
    """Return whether a second number is a gene copy's (miR-1302-10) and not a cluster's far end."""
    return second.isdigit() and int(second) < 20 and (len(num) > 3 or num in _MANY_MEMBERS)


def _doubtful(head: re.Match[str]) -> bool:
    """Return whether only a space, or nothing, joins a head and its number."""
    return head["mir"] is not None and not head["gap"].strip()


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
    return first.strong or _COUNTS.match(text, first.end) is None


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
    if sure < len(parts) and _confirmed(text, parts, sure):
        sure = len(parts)
    return parts[1:sure]


def _confirmed(text: str, parts: list[_Part], sure: int) -> bool:
    """Return whether bare numbers at a list's end are members, by what stands after them."""
    at = parts[-1].end
    return _COUNTS.match(text, at) is None and _GOES_ON.match(text, at) is not None


def _next(text: str, at: int, parts: list[_Part]) -> tuple[_Part, bool] | None:
    """Return a list's next member and whether it is one beyond doubt."""
    last = parts[-1]
    slash = _SLASH.match(text, at)
    if slash is not None:
        return _after_slash(text, slash, last)
    comma = _COMMA.match(text, at)
    if comma is None or not (comma["comma"] or comma["word"]):
        return None
    at = comma.end()
    dashed = comma["dash"] is not None
    if dashed and (arm := _other_arm(text, at, last)):
        return arm, True
    member = _member(text, at, last.stem)
    if member is not None:
        if _COUNTS.match(text, member.end) and not (
            member.strong and not _COUNTS.match(text, member.end, member.end + 2)
        ):
            return None
        if dashed or member.strong and member.letter:
            return member, True
        if member.strong:
            return member, not member.arm or len(member.num) > 1
        return _bare(comma, member, parts)
    letter = _LETTER.match(text, at)
    if letter is not None and last.letter and (dashed or _follows(last.letter, letter["letter"])):
        return _lettered(letter, last), True
    return None


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
        if _COUNTS.match(text, member.end) and not member.strong:
            return None
        member.slashed = True
        return member, True
    letter = _LETTER.match(text, at)
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
    match = _ARM.match(text, at)
    if match is None or not last.arm or match["arm"] == last.arm:
        return None
    return _Part(match.start(), match.end(), last.stem, last.num, last.letter, last.locus, match["arm"])


def _follows(before: str, letter: str) -> bool:
    """Return whether a bare letter can come after another one in a list."""
    return letter.islower() and letter <= "h" and 0 < ord(letter) - ord(before[-1]) <= 4


def _names(text: str, parts: list[_Part], left: _Left) -> list[MirnaName]:
    """Return the names of a list's members, with what they share handed round."""
    kind, family = "mature", None
    if len(parts) == 1:
        family = _FAMILY.match(text, parts[0].end)
        ends = _CLUSTER_END.match(text, parts[0].end)
    for before, part in zip(parts[-2::-1], parts[:0:-1], strict=True):
        if part.slashed and part.arm and not (before.arm or before.star):
            before.arm = part.arm
    found = []
    if len(parts) == 2 and parts[1].slashed:
        pair = (parts[0].num + parts[0].letter, parts[1].num + parts[1].letter)
        ends = _CLUSTER_END.match(text, parts[0].end)
        if pair in _ENDS_OF_CLUSTERS or (pair in _ENDS_IF_SAID and ends is not None and ends["said"]):
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
    code = re.sub(rf"[{_DASH}]", "-", head["code"] + (head["vlocus"] or ""))
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
