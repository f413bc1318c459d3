"""Mends of participles that parsers take for verbs, and of verbs that they take for participles."""

from __future__ import annotations

from minex.syntax.rehang import Tree

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
AUXILIARIES = frozenset({"aux", "auxpass"})
PAST = frozenset({"VBN", "VBD"})


def participle_as_subject(tree: Tree) -> None:
    """*X released in exosomes may promote Y*: what acts is X, not that it was released."""
    for participle in list(tree.tokens):
        if participle.tag not in PAST or participle.dep != "nsubj":
            continue
        names = [child for child in tree.children(participle.i) if child.dep == "nsubj" and child.i < participle.i]
        if len(names) == 1 and not tree.has(participle.i, AUXILIARIES | {"dobj"}):
            tree.hang(names[0].i, participle.head, "nsubj")
            tree.hang(participle.i, names[0].i, "acl", "VBN")


def participle_for_verb(tree: Tree) -> None:
    """*that X released in exosomes may promote Y*: of a participle and a verb with a modal the second counts."""
    for participle in list(tree.tokens):
        if (
            participle.tag not in PAST
            or participle.dep != "ccomp"
            or tree.has(participle.i, AUXILIARIES | {"dobj"})
        ):
            continue
        names = [child for child in tree.children(participle.i) if child.dep == "nsubj"]
        verbs = [
            each
            for each in tree.children(participle.head)
            if each.i > participle.i
            and each.dep == "conj"
            and tree.has(each.i, AUXILIARIES)
            and not tree.has(each.i, SUBJECTS)
            and not any(between.tag in ("CC", ",") for between in tree.tokens[participle.i : each.i])
        ]
        if len(names) == 1 and len(verbs) == 1:
            tree.hang(verbs[0].i, participle.head, "ccomp")
            tree.hang(names[0].i, verbs[0].i, "nsubj")
            tree.hang(participle.i, names[0].i, "acl", "VBN")


def hyphened_root(tree: Tree) -> None:
    """*X-rich exosomes promoted Y*: the name before a hyphen says of what they are rich; the verb is the root."""
    name = tree.root()
    if name.mention is None or name.i + 2 >= len(tree.tokens) or tree.tokens[name.i + 1].tag != "HYPH":
        return
    adjective = tree.tokens[name.i + 2]
    verbs = [each for each in tree.children(name.i) if each.tag in FINITE and tree.has(each.i, SUBJECTS)]
    if adjective.dep == "amod" and len(verbs) == 1:
        for child in tree.children(name.i):
            if child.i != verbs[0].i:
                tree.hang(child.i, adjective.i if child.i < adjective.i else verbs[0].i, child.dep)
        tree.hang(verbs[0].i, verbs[0].i, "ROOT")
        tree.hang(name.i, adjective.i, "npadvmod")


def verb_after_and(tree: Tree) -> None:
    """*were enriched in miR-21 and promoted migration*: a factor and a process are no list, so the verb is one."""
    for verb in list(tree.tokens):
        if verb.tag not in PAST or verb.dep != "amod" or tree.tokens[verb.i - 1].tag != "CC":
            continue
        process = tree.tokens[verb.head]
        factor = tree.tokens[process.head]
        if process.dep != "conj" or process.mention is None or factor.mention is None:
            continue
        if process.mention.type != "PROCESS" or factor.mention.type == "PROCESS":
            continue
        above = factor
        while above.head != above.i and above.tag[:2] != "VB":
            above = tree.tokens[above.head]
        if above.tag[:2] == "VB" and above.i < factor.i:
            tree.hang(process.i, verb.i, "dobj")
            tree.hang(verb.i, above.i, "conj", "VBD")
