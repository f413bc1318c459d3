"""Mends at the seams of clauses: where parsers give a verb's subject, or a whole verb, to the phrase before it.

Long sentences are misread at their seams: a subject is taken for one more member of the phrase before it, a verb
for an adjective. A verb without a subject, a conjunction without a second half and a preposition without an object
tell where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minex.syntax.participles import AUXILIARIES, FINITE, SUBJECTS
from minex.syntax.rehang import Tree

if TYPE_CHECKING:
    from minex.syntax.parse import Token

# Plain forms of verbs that are hardly ever a noun's adjective: *and foster growth*.
# fmt: off
_PLAIN_VERBS = frozenset(
    {
        "abolish", "activate", "aggravate", "attenuate", "augment", "curb", "decrease", "diminish", "enhance",
        "facilitate", "foster", "hamper", "hinder", "impair", "impede", "increase", "induce", "inhibit", "lower",
        "prevent", "promote", "reduce", "repress", "stimulate", "suppress", "upregulate", "downregulate",
    }
)
_CLASSES = frozenset(
    f"{name}{ending}"
    for name in (
        "mirna", "microrna", "mir", "lncrna", "gene", "protein", "factor", "molecule", "kinase", "enzyme",
        "cytokine", "chemokine", "receptor", "ligand", "target", "regulator", "inhibitor", "activator", "marker",
        "suppressor", "oncogene", "oncoprotein", "repressor", "transporter", "antigen", "glycoprotein", "hormone",
    )
    for ending in ("", "s")
)
# fmt: on
_CLAUSE_ENDS = frozenset({";", ":"})


def noun_with_subject_and_object(tree: Tree) -> None:
    """*X, which is high in cancer, sponges Y*: what has a subject before it and an object behind it is a verb."""
    for token in list(tree.tokens):
        if token.tag != "NNS":
            continue
        children = tree.children(token.i)
        before = any(child.dep == "nsubj" and child.i < token.i for child in children)
        behind = any(child.dep == "dobj" and child.i > token.i for child in children)
        if before and behind:
            tree.hang(token.i, token.head, token.dep, "VBZ")


def empty_preposition(tree: Tree) -> None:
    """*Inhibition of X with Y raised Z*: of two subjects the one right behind a bare *with* is its object."""
    for preposition in list(tree.tokens[:-1]):
        if preposition.tag != "IN" or preposition.dep != "prep" or tree.children(preposition.i):
            continue
        noun = tree.tokens[preposition.head]
        named = tree.tokens[preposition.i + 1]
        beside = named.head == noun.head and named.dep in SUBJECTS | {"compound", "nmod", "npadvmod"}
        if noun.dep in SUBJECTS and named.mention is not None and beside and noun.i < preposition.i:
            tree.hang(named.i, preposition.i, "pobj")


def subject_behind_a_phrase(tree: Tree) -> None:
    """*Under X, A and B lowered C*: names of another kind right before a verb without a subject are it."""
    for verb in list(tree.tokens):
        if verb.tag not in FINITE and not tree.has(verb.i, AUXILIARIES):
            continue
        if (
            verb.tag[:2] != "VB"
            or verb.dep not in ("ROOT", "ccomp", "conj", "advcl")
            or tree.has(verb.i, SUBJECTS)
        ):
            continue
        if verb.dep == "conj" and tree.tokens[verb.head].tag[:2] == "VB":
            continue
        for name in reversed(tree.tokens[: verb.i]):
            first = tree.tokens[name.head]
            if name.dep != "conj" or name.mention is None or name.i <= first.i:
                continue
            start = min((child.i for child in tree.children(name.i)), default=name.i)
            comma = tree.tokens[min(start, name.i) - 1].lower == ","
            same = first.mention is not None and first.mention.type == name.mention.type
            if not comma or same or verb.i not in tree.above(name.i) or not _reaches(tree, name, verb):
                continue
            passive = tree.has(verb.i, frozenset({"auxpass"}))
            tree.hang(name.i, verb.i, "nsubjpass" if passive else "nsubj")
            break


def _reaches(tree: Tree, name: Token, verb: Token) -> bool:
    """Return whether nothing but what belongs to a name, adverbs and auxiliaries stand between it and a verb."""
    for between in tree.tokens[name.i + 1 : verb.i]:
        own = name.i in tree.above(between.i)
        if not own and between.dep not in ("advmod", "aux", "auxpass", "neg", "punct"):
            return False
    return True


def plain_verb_after_and(tree: Tree) -> None:
    """*X and Y reduce A and foster B*: a plain verb right behind the conjunction is no adjective of B."""
    for verb in list(tree.tokens[1:]):
        if verb.lower not in _PLAIN_VERBS or tree.tokens[verb.i - 1].tag != "CC" or verb.tag[:2] == "VB":
            continue
        noun, listed = tree.tokens[verb.head], None
        if verb.dep == "conj" and noun.dep in ("compound", "nmod"):
            # A is taken for one half of what B is called by: *A and foster* B.
            listed, noun = noun, tree.tokens[noun.head]
        elif verb.dep not in ("amod", "compound", "nmod") or noun.dep not in ("conj", "dep", "dobj"):
            continue
        above = tree.verb_above(noun.i)
        if noun.i < verb.i or above.tag not in ("VBP", "VB") or above.i > verb.i:
            continue
        if listed is not None:
            tree.hang(listed.i, above.i, "dobj")
        tree.hang(noun.i, verb.i, "dobj")
        tree.hang(verb.i, above.i, "conj", above.tag)


def subject_after_semicolon(tree: Tree) -> None:
    """*A induces B; C induces D*: what stands behind a semicolon is no object of the verb before it."""
    for noun in list(tree.tokens):
        first = tree.tokens[noun.head]
        if noun.dep != "dobj" or first.i > noun.i or first.tag[:2] != "VB":
            continue
        if not any(between.lower in _CLAUSE_ENDS for between in tree.tokens[first.i : noun.i]):
            continue
        later = [
            verb
            for verb in tree.children(first.i)
            if verb.i > noun.i and verb.dep == "conj" and verb.tag in FINITE and not tree.has(verb.i, SUBJECTS)
        ]
        if later and not any(child.tag == "CC" for child in tree.tokens[noun.i : later[0].i]):
            tree.hang(noun.i, later[0].i, "nsubj")
            tree.hang(later[0].i, first.i, "ccomp")


def class_behind_its_names(tree: Tree) -> None:
    """*lowered A and B, two genes that*: a second object with a number or an article says what the first is."""
    for noun in list(tree.tokens):
        if noun.dep not in ("dobj", "conj") or noun.mention is not None or noun.lower not in _CLASSES:
            continue
        first = min((child.i for child in tree.children(noun.i)), default=noun.i)
        if first < 2 or tree.tokens[first].tag not in ("DT", "CD") or tree.tokens[first].head != noun.i:
            continue
        if tree.tokens[first].lower == "the" or tree.tokens[first - 1].lower != ",":
            continue
        name = tree.tokens[first - 2]
        relative = any(child.dep in ("relcl", "acl") for child in tree.children(noun.i))
        if name.mention is not None and relative and noun.i not in tree.above(name.i):
            tree.hang(noun.i, name.i, "appos")


def reflexive(tree: Tree) -> None:
    """*hypoxia itself raises X*: the subject is the name before *itself*."""
    for word in list(tree.tokens[1:]):
        name = tree.tokens[word.i - 1]
        if word.lower not in ("itself", "themselves") or word.dep not in SUBJECTS or name.mention is None:
            continue
        if word.i not in tree.above(name.i):
            tree.hang(name.i, word.head, word.dep)
            tree.hang(word.i, name.i, "npadvmod")


def both_verbs(tree: Tree) -> None:
    """*neither promoted nor inhibited X*: a conjunction without a second half has the participle behind it."""
    for participle in list(tree.tokens[2:]):
        object = tree.tokens[participle.head]
        verb = tree.tokens[object.head]
        joint = tree.tokens[participle.i - 1]
        if participle.dep != "amod" or participle.tag not in ("VBN", "VBD") or object.dep != "dobj":
            continue
        if joint.dep != "cc" or joint.head != verb.i or not verb.i < joint.i < object.i:
            continue
        if verb.tag not in ("VBN", "VBD") or any(child.dep == "conj" for child in tree.children(verb.i)):
            continue
        tree.hang(participle.i, verb.i, "conj", verb.tag)


SEAMS = (
    noun_with_subject_and_object,
    empty_preposition,
    subject_behind_a_phrase,
    plain_verb_after_and,
    subject_after_semicolon,
    class_behind_its_names,
    reflexive,
    both_verbs,
)
