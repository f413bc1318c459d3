"""Names of genes that no list has as they stand: parts of longer names, members of lists, prefixes that tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minex.lexicon import Candidate, Lexicon, Match
from minex.model import Mention, MentionType
from minex.tagging.resolution import Choice, resolve

# What makes another protein of a protein's name: *CRF-binding protein*, *p53-induced gene 3*.
_OTHER_PROTEIN = re.compile(
    r"[\s-](?:binding|related|like|associated|interacting|inducible|induced|inducing|converting|processing|releasing|"
    r"activating)[\s-](?:(?:nuclear|growth|transcription|membrane|secreted) )?"
    r"(?:proteins?|peptides?|factors?|enzymes?|kinases?|genes?|hormones?|transcripts?)(?:[\s-]\d{1,2}[A-Za-z]?)?\b"
    r"|[\s-]ligand(?:[\s-]\d)?(?![\w%])"
    r"|[\s-]co-?(?:activators?|repressors?)(?:[\s-]\d{1,2}(?:[A-Za-zαβ]|[\s-](?:alpha|beta))?)?(?!\w)"
)
# A ligand's receptor is another protein, and so is what adds phosphate to an inhibitor or takes it from a kinase.
_RECEPTOR = re.compile(
    r"(?:[\s/-](?:type\s)?(?:[IVX]+|\d))?[\s-]receptors?"
    r"(?:[\s-](?:type\s)?(?:\d{1,2}[A-Za-z]?|[IVX]+|[αβγ]|alpha|beta|gamma)(?![\w%]|[./]\d))?(?!\w)"
)
_LIGAND = re.compile(
    r"\b(?:interleukin|interferon|chemokine|cytokine|hormone|ligand|peptide|"
    r"(?:growth|necrosis|stimulating|inhibitory) factor)\b"
)
_KINASE = re.compile(r"[\s-]kinases?(?!\w)")
_INHIBITOR = re.compile(r"\binhibitor\b")
_A_KINASE = re.compile(r"\bkinase\b")
_PHOSPHATASE = re.compile(r"[\s-]phosphatases?(?!\w)")
_ANTISENSE = re.compile(r"[\s-]antisense (?:RNA|transcript)(?:\s(?P<number>\d))?\b")
# The number of a family's member, and what makes a number one of something else.
_NUMBERED = re.compile(
    r"(?P<glued>-?(?:\d{1,2}[A-Za-z]?|[αβγδ]\d{0,2}|[IVX]{1,3})|-(?:alpha|beta|gamma|delta)\d{0,2})(?![\w%/.]\w|\w)"
    r"|\s(?:type\s)?(?:\d{1,2}[A-Za-z]?|[IVX]{1,3}|[αβγδ]\d{0,2}|(?:alpha|beta|gamma|delta)[\s-]?\d{0,2})(?![\w%]|[./]\d)"
)
_UNIT = re.compile(
    r"\s?[%°×]|[\s-]?(?:fold|[nµμmk]?[gMLl]|[nµμm]m|[kM]?Da|hours?|hrs?|h|days?|d|weeks?|months?|years?|min|minutes?|s|"
    r"times?|patients?|cases?|of|genes?|proteins?|members?|mice|cells?|and \d)\b"
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_SPELLED_OUT = re.compile(r"[a-z]{4}")
_MEMBER = re.compile(r"(?P<stem>[A-Za-zα-ω][\w-]*?(?<![\d]))\d{1,2}[A-Za-z]?")
_FURTHER = re.compile(r"(?:/-?|,\s-|,? and -)(?P<number>\d{1,2}[A-Za-z]?)(?![\w%]|[.]\d)")
_BRACKETED = re.compile(
    r"\((?P<short>[A-Z][A-Za-z]{1,5})\)"
    r"(?P<rest>-?(?:\d{1,2}[A-Za-zαβγ]?|[αβγδκ]\d{0,2}|(?:alpha|beta|gamma|delta|kappa)-?\d{0,2}))(?![\w%])"
)
_WORD = re.compile(r"[^\W_]+")
_HUMAN = re.compile(r"h(?<![\w-]h)(?P<symbol>[A-Z]{2,6}(?:\d[A-Z0-9]{0,2}|(?<=[A-Z]{4})))(?![\w-])")
_LONG_UNKNOWN = re.compile(
    r"(?<![\w-])(?:lnc|linc|lncRNA|lincRNA|LncRNA|LINC)-?(?=\w*[A-Z0-9])[A-Za-z0-9][\w.-]*\w"
)

# *circHIPK3*, *circ-ITCH*, *circRNA_100290*, *hsa_circ_0000190*: what stands after the prefix names it.
_CIRCULAR = re.compile(
    r"(?<![\w-])(?P<species>hsa|mmu|rno)?[-_ ]?(?:circ(?:RNA)?[-_ ]?|Circ(?:RNA)?[-_]?)(?=[A-Z\d])"
    r"(?P<rest>\d{3,7}|[A-Z][A-Za-z]*\d\w*|[A-Z]{2}[A-Z\d]+|(?<! )[A-Z][a-z]{2,6}(?=[\s,.;]))(?![\w])(?!-seq)"
)
_NO_CIRCLE = re.compile(r"RNAs?|DNAs?|Seq|Base|Atlas")


def longer(lexicon: Lexicon, match: Match, text: str, choice: Choice) -> Mention | None:
    """Return the longer name of which a gene's or a family's name is only the beginning.

    It is one that no list has, or it would have been found: what it begins with is something else.
    """
    antisense = _ANTISENSE.match(text, match.end)
    if antisense:
        long = text[match.start : antisense.end()]
        number = antisense["number"] or "1"
        symbol = lexicon.name(choice.candidate.id) if choice.candidate else match.text
        candidates = lexicon.candidates(f"{symbol}-AS{number}")
        opposite = next((c for c in candidates if c.type is MentionType.LNCRNA), None)
        named = Choice(MentionType.LNCRNA, opposite, 1.0, ("antisense RNA",))
        return mention_of(lexicon, match.start, antisense.end(), long, named, "lexicon")
    end = _end_of_other(lexicon, choice, text, match.end)
    if end:
        own = _called_after(lexicon, choice, text[match.end : end])
        named = Choice(choice.type, own, 1.0, ("the beginning of another protein's name",))
        return mention_of(lexicon, match.start, end, text[match.start : end], named, "lexicon")
    if choice.candidate and choice.candidate.id.startswith("FPLX:"):
        number = _NUMBERED.match(text, match.end)
        if number and not _UNIT.match(text, number.end()) and (number["glued"] or _SPELLED_OUT.search(match.text)):
            long = text[match.start : number.end()]
            arabic = _ROMAN.get(number[0].strip(" -"))
            members = lexicon.candidates(f"{match.text} {arabic}") if arabic else ()
            gene = next((c for c in members if c.type is MentionType.GENE and not c.support), None)
            member = Choice(choice.type, gene, 1.0, ("a member of the family",))
            return mention_of(lexicon, match.start, number.end(), long, member, "lexicon")
    return None


def _end_of_other(lexicon: Lexicon, choice: Choice, text: str, end: int) -> int | None:
    """Return where the name of another protein ends that begins with the name of this one, None if none does."""
    if other := _OTHER_PROTEIN.match(text, end):
        return other.end()
    for pattern, its, never in (
        (_RECEPTOR, _LIGAND, "receptor"),
        (_KINASE, _INHIBITOR, "kinase"),
        (_PHOSPHATASE, _A_KINASE, "phosphatase"),
    ):
        if choice.candidate and (other := pattern.match(text, end)):
            names = lexicon.keys(choice.candidate.id)
            if any(map(its.search, names)) and not any(never in name for name in names):
                return other.end()
    return None


def _called_after(lexicon: Lexicon, choice: Choice, rest: str) -> Candidate | None:
    """Return the protein that is called after another with some words more, by whatever name of that one."""
    names = lexicon.keys(choice.candidate.id) if choice.candidate else ()
    for name in names:
        for candidate in lexicon.candidates(f"{name} {rest}")[:1]:
            if candidate.type is MentionType.GENE and not candidate.support:
                return candidate
    return None


def further_members(lexicon: Lexicon, mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Yield the genes that a list names by their numbers alone: the second and third of *TLR7/8/9*."""
    for mention in mentions:
        last = _MEMBER.fullmatch(mention.text.split("/")[0]) if mention.type == MentionType.GENE else None
        if last is None:
            continue
        at = mention.end
        while further := _FURTHER.match(text, at):
            name = f"{last['stem']}{further['number']}"
            found = lexicon.match(name)
            choice = resolve(found[0], name, {}) if found and found[0].text == name else None
            if choice is None or choice.candidate is None or choice.type is not MentionType.GENE:
                break
            start, at = further.span("number")
            yield mention_of(lexicon, start, at, text[start:at], choice, "lexicon")


def around_brackets(lexicon: Lexicon, text: str) -> Iterator[Mention]:
    """Yield genes whose names go on behind the bracket of a short form: *interleukin (IL)-6*."""
    for match in _BRACKETED.finditer(text):
        name = f"{match['short']}{match['rest']}"
        start = _stands_for(match["short"].lower(), text, match.start())
        found = lexicon.match(name) if start is not None else []
        choice = resolve(found[0], name, {}) if found and found[0].text == name else None
        if start is not None and choice and choice.candidate and choice.type is MentionType.GENE:
            yield mention_of(lexicon, start, match.end(), text[start : match.end()], choice, "lexicon")


def _stands_for(short: str, text: str, end: int) -> int | None:
    """Return where the words before a bracket begin that have a short form's letters in order."""
    words = list(_WORD.finditer(text, max(0, end - 80), end))
    for word in reversed(words[-len(short) :]):
        letters = iter(text[word.start() : end].lower())
        if word[0][0].lower() == short[0] and all(letter in letters for letter in short):
            return word.start()
    return None


def with_human_prefix(lexicon: Lexicon, text: str) -> Iterator[Mention]:
    """Yield human genes whose symbols have an h before them: *hMSH2*."""
    for match in _HUMAN.finditer(text):
        symbol = match["symbol"]
        for found in lexicon.match(symbol):
            candidate = found.candidates[0]
            if found.text == symbol and candidate.status <= 1 and candidate.type is MentionType.GENE:
                choice = Choice(candidate.type, candidate, 1.0, ("a symbol after h for human",))
                yield mention_of(lexicon, *match.span(), match[0], choice, "lexicon")


def unknown_long(text: str) -> Iterator[Mention]:
    """Yield lncRNAs that no list has and whose prefix says what they are."""
    lowered = text.lower()
    if "lnc" not in lowered and "linc" not in lowered:
        return
    for match in _LONG_UNKNOWN.finditer(text):
        if not re.fullmatch(r"(?i)(?:lnc|linc)RNAs?(?:-\w*)?", match[0]) or "-" in match[0]:
            name = match[0]
            if not re.search(r"-(?:mediated|induced|based|mRNA|miRNA|associated|related|dependent|protein)", name):
                yield Mention(match.start(), match.end(), name, str(MentionType.LNCRNA), (), name, "lexicon")


def circular(text: str) -> Iterator[Mention]:
    """Yield circular RNAs, which no list has: by their gene or their number (circBase's has seven digits).

    Examples:
        >>> [m.name for m in circular("hsa_circ_0000190, circ-ITCH and circRNA_100290 sponge miR-7.")]
        ['hsa_circ_0000190', 'circITCH', 'circRNA_100290']
    """
    if "irc" not in text:
        return
    for match in _CIRCULAR.finditer(text):
        rest = match["rest"]
        if _NO_CIRCLE.fullmatch(rest):
            continue
        if rest.isdigit() and len(rest) == 7:
            name = f"{match['species'] or 'hsa'}_circ_{rest}"
        elif rest.isdigit():
            name = f"circRNA_{rest}"
        else:
            name = f"circ{rest}"
        start = match.start() + len(match[0]) - len(match[0].lstrip("-_ "))
        yield Mention(start, match.end(), text[start : match.end()], str(MentionType.LNCRNA), (), name, "lexicon")


def mention_of(lexicon: Lexicon, start: int, end: int, text: str, choice: Choice, finder: str) -> Mention:
    """Return a stretch of text as a mention of what it was taken for."""
    concepts = (choice.candidate.id,) if choice.candidate else ()
    name = lexicon.name(concepts[0]) if concepts else text
    return Mention(start, end, text, str(choice.type), concepts, name, finder)
