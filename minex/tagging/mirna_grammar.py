"""What miRNA names are made of, as regular expressions: heads, members, separators, and what surrounds them.

Every repetition is bounded, so that no text makes matching slow.
"""

from __future__ import annotations

import re

DASH = "\\-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
TILDE = "~\u223c\u301c\uff5e"
PRIME = "'\u2019\u2032\u00b4`"

# miRBase's prefixes of the organisms and viruses that papers write out; `has` is the common slip for `hsa`.
ORGANISM = (
    "hsa|has|mmu|rno|bta|ssc|gga|dre|cel|dme|ath|osa|zma|cfa|eca|oar|chi|ptr|mml|ppy|ggo|ppa|xtr|xla|bmo|tae|gma|"
    "mtr|ptc|vvi|sly|stu|bna|aly|hvu|sbi|smo|ppt|cre|tgu|ola|fru|tni|aga|aae|api|ame|cbr|cin|csa|dps|dsi|dya|hme|"
    "isc|lgi|mdo|oan|cgr|ocu|sja|sma|tca|ebv|kshv|hcmv|hhv6b|hsv1|hsv2|mcmv|mghv|mdv1|mdv2|rlcv|rrv|sv40|bkv|jcv|"
    "hiv1|mcv|blv|prv|iltv"
)

# What is written on to the number without a space: states of cells and animals, words that lost their space, and
# the two alleles of a variant.
FUSED = (
    r"(?:low|lo|high|hi|neg|pos|null|def|ko|KO|Ko|tg|Tg|TG|wt|WT|mut|MUT|Mut|OE|oe|inh|flox|fl|sponge|mimics?|"
    r"inhibitors?|expression|levels?|mediated|and|or|in|[ACGTU]>[ACGTU])(?![^\W_])"
)
END = rf"(?:(?![^\W_])|(?={FUSED})|(?=i(?![^\W_])))"

# One set of characters in front makes a search fast; HEAD itself, with its branches, is then matched there.
MAYBE = re.compile(r"[mMlL](?:[iI][cCrR]|(?<=[lL])(?:[eE][tT]|[iI][nN]|sy))")
HEAD = re.compile(
    rf"""
    (?P<let>   (?:[mM][iI][rR][{DASH}\ ]?)?[lL](?:et|ET)(?P<letgap>[{DASH}]\s?|\s)?(?=7)          )
  | (?P<lin>   (?:[lL]in|LIN)[{DASH}]4{END} | lsy[{DASH}]6{END}                                  )
  | (?P<virus> [mM]i[rR][{DASH}]?(?P<code>
        BART\d{{1,2}}|BHRF1[{DASH}]\d|K12[{DASH}]\d{{1,2}}[ab]?|UL\d{{1,3}}[AB]?|US\d{{1,2}}|[KHM]\d{{1,2}}|iab[{DASH}]\d
        )(?P<vlocus>[{DASH}]\d(?![\dp]))?(?:[{DASH}](?P<varm>[35]p))?(?P<vstar>\*)?{END}          )
  | (?P<mir>   [mM](?:[iI][cC][rR][oO][{DASH}\s]?[rR][nN][aA]|[iI][rR][nN][aA]|[iI][rR][nN](?=\d)|[iI][rR])
        (?P<plural>[sS])?
        (?P<gap>   \)?\s?[{DASH}]\s{{0,2}}(?:<sup>)?  |  \s  |  )
        (?=[1-9])                                                                                      )
    """,
    re.VERBOSE,
)

MEMBER = re.compile(
    rf"""
    (?P<num>[1-9]\d{{0,4}})
    (?! \s?[{PRIME}]\s?[{DASH}]?\s?(?:UTR|[uU]ntrans|end|seed|arm) )
    (?: (?!(?<=[35])[pP](?![^\W_])|{FUSED}) (?:(?<=[tT]7)[{DASH}]|(?<=[tT][{DASH}]7)[{DASH}])?
        (?P<letter>[abAB]?[a-zA-Z])(?!>) (?P<copy>[1-9](?!\d?[pP]))? )?
    (?P<chain>(?: (?:[{DASH}](?=\d\d|\d[a-oq-z])|(?:[{TILDE}]|\sapproximately\s)(?:miR[{DASH}]|[{DASH}])?)
              [1-9]\d{{0,3}}[a-oq-z]?
              (?![^\W_{TILDE}]|\.\d|\s?[%°{PRIME}]) ){{1,8}})?
    (?:[{DASH}](?P<locus>\d{{1,2}})(?![\d%{PRIME}]|\.\d|[^\W_]|[{DASH}](?:FU|aza|HT|ASA|LO|mer)(?![a-z])))?
    (?: (?:[{DASH}]\s?|\.|) (?P<arm>[35])[pP] (?![^\W_]) )?
    (?P<star> \(\*\) | [*\u2217\uff0a](?![*\u2217\uff0a]) | [{DASH}]star(?![a-z]) )?
    (?P<plural>s(?![^\W_]))?
    {END}
    # MIR31HG is a long RNA's gene, and so is MIR205-AS1.
    (?! [{DASH}]?\d*(?:HG|AS\d?)(?![^\W_]) | [{DASH}\s](?:[hH]ost)\s[gG]ene )
    """,
    re.VERBOSE,
)
LETTER = re.compile(
    rf"(?P<letter>[a-zA-Z])(?P<copy>[1-9](?!\d?[pP]))?(?:[{DASH}](?P<locus>\d{{1,2}})(?![\d%]|\.\d|[^\W_]))?"
    rf"(?:(?:[{DASH}]\s?|\.|)(?P<arm>[35])[pP](?![^\W_]))?(?P<star>\(\*\)|[*\u2217](?!\*)|[{DASH}]star(?![a-z]))?"
    # c-Myc and c-Met after a slash are proteins, not members.
    rf"(?![^\W_]|[{DASH}](?:[A-Z]|(?:met|myc|kit|fos|jun|src|abl|fms|raf|cbl|rel|maf)(?![a-z]))|\s?[=<>≤≥]|[{PRIME}])"
)
ARM = re.compile(r"(?P<arm>[35])[pP](?![^\W_])")

SLASH = re.compile(rf"\s?/\s?[{DASH}]?(?=[^\W_])")
_WORD = r"\s{0,2}(?:and/or|and|or|&|\+|as well as|plus)\s{1,2}"
COMMA = re.compile(rf"(?:(?P<comma>\s?[,;]\s{{0,2}})(?P<word>{_WORD})?|{_WORD})(?P<dash>[{DASH}])?(?=[^\W_])")
ENDS_OF_CLUSTERS = frozenset({("17", "92"), ("106b", "25"), ("106a", "363")})
ENDS_IF_SAID = frozenset({("302", "367"), ("371", "373"), ("379", "410"), ("379", "656"), ("17", "92a")})
CLUSTER_END = re.compile(
    rf"/(?P<num>[1-9]\d{{1,2}}[a-z]?)(?=(?P<said>[\s{DASH}](?:cluster|polycistron))?)(?![^\W_/])"
)

FAMILY = re.compile(rf"[\s{DASH}](?:(?P<family>(?:seed[\s{DASH}])?(?:family|families))|cluster|polycistron)", re.I)
# A number that only a space joins to its head, or a list to its list, must not count things.
COUNTS = re.compile(
    rf"""
    \s?[%°×] | [.:]\d | ,\d{{3}}(?![^\W_]) | /\d | \s?[{DASH}]?\s?(?:
    fold|nt|nts|nucleotides?|mers?|bp|bps|kb|kDa|nm|[µμu]m|cm|mm|nM|[µμu]M|mM|[nµμum]g|[µμum]l|h|hr|hrs|hours?|d|days?|
    weeks?|wks?|months?|years?|min|minutes?|s|seconds?|times?|patients?|cases?|controls?|subjects?|samples?|
    specimens?|genes?|mi(?:cro)?RNAs?|miRs?|mRNAs?|proteins?|others?|of|different|novel|new|known|individuals?|mice|
    rats|cells?|studies|pairs?|tumou?rs?|types?|sites?)(?![^\W_])
    """,
    re.VERBOSE,
)
GOES_ON = re.compile(
    rf"""
    \s{{0,9}}$ | \s?\n\s | \n[A-Z] | [.?!]?[)\]] | \s?[.?!](?:\s|$) | \s?[;:](?:\s|$) | ,(?:\s|$) |
    [{DASH}][a-zA-Z] | [{PRIME}"”] | /[A-Za-z] |
    \s\((?!\d) | \s(?:
    and|or|but|was|were|is|are|be|been|has|have|had|may|might|can|could|should|would|will|did|do|does|in|on|by|as|
    with|from|for|at|via|during|after|before|between|which|that|while|whereas|when|through|using|upon|both|not|all|also|
    only|directly|significantly|together|alone|respectively|synergistically|cooperatively|
    expressions?|levels?|mimics?|inhibitors?|clusters?|family|families|target|targeted|targeting|transfection|
    following|overexpression|upregulation|downregulation|silencing|knockdown|show|showed|shown|play|played|act|bind|
    (?:inhibit|suppress|regulat|promot|decreas|increas|reduc|enhanc|induc|up-?regulat|down-?regulat|repress|modulat|
    affect|attenuat|block|impair|correlat|represent|serve)(?:e|ed|s|es|ing)?)(?![^\W_])
    """,
    re.VERBOSE,
)

LAST_LETTERS = frozenset(name[-2:] for name in (*ORGANISM.split("|"), "pre", "pri"))
BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?P<first>pre|pri)[{DASH}]?\s?(?:/|and\s|or\s)\s?)?"
    rf"(?:(?P<organism>{ORGANISM})[{DASH}])?(?:(?P<stage>pre|pri|Pre|Pri)[{DASH}\s])?(?:(?P<inner>{ORGANISM})[{DASH}])?\Z"
)
FUSED_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?P<stage>pre|pri|Pre|Pri)|[aA]nta[gG]o|[aA]nti|[aA]go|(?P<onco>[oO]nco)|[eE]xo|[eE]x|[tT]umou?r|"
    r"[lL]enti|[mM]imic|(?P<organism>[hH]sa|has))\Z"
)
ONE = re.compile(r"1(?![^\W_]|\.\d)")
# PubMed spells out the tilde of *miR-17~92* in older records.
LINK = re.compile(rf"(?:[{DASH}{TILDE}]+|\sapproximately\s)(?:miR[{DASH}])?")
ADDRESS_HINT = re.compile(r"@|://|www\.|\.[a-z]")
ADDRESS = re.compile(
    r"[\w.+%-]{0,60}@|[\w-]{0,40}\.(?:fa|fasta|fastq|fq|txt|csv|tsv|xlsx?|pdf|gz|bed|gff3?|py|html?|php|org|com|net|edu|"
    r"gov|png|jpe?g|tiff?|zip|docx?)(?![^\W_])"
)
SPECIES_FIX = {"has": "hsa"}

# Members' letters beyond h exist in these miRNAs only; elsewhere a last i is an inhibitor's mark, as in miR-21i.
MANY_MEMBERS = frozenset({"7", "297", "302", "466", "467", "548", "669", "1302", "2284", "2285"})
