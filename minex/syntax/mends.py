"""Mistakes that parsers make in abstracts often enough to be mended by rule.

Names that no treebank knows blur what is noun and what is verb: *and reduced PTEN expression* is taken for a
second noun phrase, *miR-21 inhibitor increased PTEN levels* for one long one, *cytokines IL-6 and TNF induced*
for a compound. Each mend fires only where the tree cannot be right: a noun in coordination with a verb, a
sentence without a finite verb, a relative pronoun without a role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minex.syntax.events import (
    change_and_its_preposition,
    like_joins_like,
    names_before_an_event,
    object_of_the_later_verb,
    repeated_preposition,
    tool_before_its_target,
)
from minex.syntax.gerunds import gerund_and_its_object, gerund_joins_gerund
from minex.syntax.participles import (
    AUXILIARIES,
    FINITE,
    PAST,
    SUBJECTS,
    hyphened_root,
    participle_as_subject,
    participle_for_verb,
    verb_after_and,
)
from minex.syntax.rehang import Tree

if TYPE_CHECKING:
    from minex.syntax.parse import Token

# Third-person forms that are plural nouns as well.
_NOUN_OR_VERB = frozenset(
    {"sponges", "targets", "increases", "decreases", "controls", "influences", "promotes", "inhibits"}
)

# Verbs of one kind, of which two in a row are two verbs: *decreased A and increased B*.
# fmt: off
_CHANGES = frozenset(
    {
        "abolished", "accelerated", "activated", "attenuated", "augmented", "blocked", "decreased",
        "diminished", "downregulated", "elevated", "enhanced", "facilitated", "impaired", "increased",
        "induced", "inhibited", "lowered", "prevented", "promoted", "raised", "reduced", "regulated", "repressed",
        "restored", "reversed", "sponged", "stimulated", "strengthened", "suppressed", "upregulated",
        "weakened",
    }
)
# fmt: on


def _odd_subjects(tree: Tree) -> None:
    """*In these cells, exosomal X promoted Y*: prepositions, commas and adjectives are no subjects."""
    for token in list(tree.tokens):
        if token.dep not in ("nsubj", "nsubjpass"):
            continue
        if token.tag == "IN":
            tree.hang(token.i, token.head, "prep")
        elif token.tag in (",", ":", "-LRB-", "-RRB-", "CC"):
            tree.hang(token.i, token.head, "punct")
        elif token.tag == "JJ" and token.i + 1 < len(tree.tokens):
            noun = tree.tokens[token.i + 1]
            if noun.tag[:2] == "NN" and noun.head == token.head and noun.dep == token.dep:
                tree.hang(token.i, noun.i, "amod")


def _plural_to_verb(tree: Tree) -> None:
    """*miR-155 targets SOCS1, a brake on ...*: a root that is a plural noun between two mentions."""
    root = tree.root()
    if not 0 < root.i < len(tree.tokens) - 1:
        return
    before, after = tree.tokens[root.i - 1], tree.tokens[root.i + 1]
    # "A and B target C": the plural of the verb, beside a list of mentions
    plural = root.lower == "target" and before.mention is not None and before.dep == "conj"
    if not plural and (root.tag != "NNS" or root.lower not in _NOUN_OR_VERB):
        return
    if before.tag[:2] != "NN" or (after.mention is None and after.tag not in ("DT", "PRP$", "NN")):
        return
    tree.hang(root.i, root.i, "ROOT", "VBP" if plural else "VBZ")
    for child in tree.children(root.i):
        if child.i < root.i and child.dep in ("compound", "nmod", "amod", "npadvmod") and child.tag[:2] == "NN":
            tree.hang(child.i, root.i, "nsubj")
        elif (
            child.i > root.i
            and child.dep in ("appos", "dep", "npadvmod")
            and not tree.has(root.i, frozenset({"dobj"}))
        ):
            tree.hang(child.i, root.i, "dobj")


def _is_finite(token: Token) -> bool:
    # No adjective is finite: one tagger's past tense, and another's mistake.
    return token.tag in FINITE and (token.tag, token.dep) != ("VBD", "amod")


def _phrase_to_clause(tree: Tree) -> None:
    """*Knockdown of X reduced Y expression.*: a sentence without a finite verb, and a participle that is it."""
    if tree.tokens[-1].lower != "." or any(_is_finite(token) for token in tree.tokens):
        return
    for verb in tree.tokens[1:-2]:
        before = tree.tokens[verb.i - 1]
        if (
            verb.tag not in PAST
            or verb.dep not in ("amod", "acl")
            or not (before.tag[:2] == "NN" or (before.tag == "," and verb.tag == "VBD"))
            or before.end == verb.start
        ):
            continue
        root, object = tree.root(), tree.tokens[verb.head]
        if verb.dep == "amod" and object.i > verb.i:
            for token in list(tree.tokens):
                if token.i < verb.i and token.head in (verb.i, object.i) and token.i != root.i:
                    # What hung on the object from before the verb takes the place that the object had.
                    if object.i == root.i:
                        tree.hang(token.i, verb.i, "nsubj")
                    else:
                        tree.hang(token.i, object.head, object.dep)
            tree.hang(object.i, verb.i, "dobj")
            if root.i not in (verb.i, object.i):
                tree.hang(root.i, verb.i, "nsubj" if root.i < verb.i else "dep")
            tree.hang(verb.i, verb.i, "ROOT", "VBD")
            return
        following = tree.tokens[verb.i + 1].lower
        if verb.dep == "acl" and root.i < verb.i and following not in ("by", "in", "from", "with", "to", "under"):
            tree.hang(root.i, verb.i, "nsubj")
            tree.hang(verb.i, verb.i, "ROOT", "VBD")
            for child in tree.children(verb.i):
                if child.i > verb.i and child.dep in ("npadvmod", "dep", "oprd", "nmod"):
                    tree.hang(child.i, verb.i, "dobj")
            return


def _adverbials(tree: Tree) -> None:
    """*the cytokines IL-6 and TNF induced X*: nouns before a verb, without a hyphen, are not its adverbials."""
    for token in list(tree.tokens):
        verb = tree.tokens[token.head]
        if token.dep != "npadvmod" or token.i > verb.i or verb.tag not in PAST or tree.hyphened(token.i, verb.i):
            continue
        if token.tag[:2] != "NN" or verb.dep not in ("ROOT", "conj", "ccomp", "advcl", "relcl"):
            continue
        subjects = [child for child in tree.children(verb.i) if child.dep in SUBJECTS]
        if subjects and subjects[0].i < token.i:
            tree.hang(token.i, subjects[0].i, "appos")
        elif not subjects and not tree.has(verb.i, AUXILIARIES):
            tree.hang(token.i, verb.i, "nsubj")
            tree.hang(verb.i, verb.head, verb.dep, "VBD")


def _coordinated_clause(tree: Tree) -> None:
    """*lowered X and stimulated Y*: a noun cannot be in coordination with a verb, its participle can."""
    for noun in list(tree.tokens):
        head = tree.tokens[noun.head]
        if noun.tag[:2] != "NN" or head.i >= noun.i:
            continue
        participle = next(
            (
                each
                for each in tree.children(noun.i)
                if each.dep == "amod" and each.tag in PAST and each.i < noun.i
            ),
            None,
        )
        follows = participle is not None and tree.tokens[participle.i - 1].tag in ("CC", "RB", ",")
        if head.tag[:2] == "VB":
            objects = [child for child in tree.children(head.i) if child.dep == "dobj" and child.i < noun.i]
            if noun.dep != "conj" and not (noun.dep == "dobj" and objects):
                continue
            if participle is not None and follows:
                tree.hang(participle.i, head.i, "conj", "VBD")
                tree.hang(noun.i, participle.i, "dobj")
            elif objects and noun.dep == "conj":
                tree.hang(noun.i, objects[-1].i, "conj")
        elif noun.dep == "conj" and participle is not None and follows:
            verb = _verb_of_list(tree, head)
            if verb is not None and verb.lower in _CHANGES and participle.lower in _CHANGES:
                tree.hang(participle.i, verb.i, "conj", "VBD")
                tree.hang(noun.i, participle.i, "dobj")


def _prepositions(tree: Tree) -> None:
    """*the effect on A and on B*: a second preposition hangs where the first one does."""
    for second in list(tree.tokens):
        first = tree.tokens[second.head]
        if second.dep == "conj" and second.tag == first.tag == "IN" and first.dep == "prep":
            tree.hang(second.i, first.head, "prep")


def _verb_of_list(tree: Tree, member: Token) -> Token | None:
    """Return the verb whose object a list is, seen from one of its members."""
    while member.dep == "conj":
        member = tree.tokens[member.head]
    return tree.tokens[member.head] if member.dep == "dobj" else None


def _lists_of_mentions(tree: Tree) -> None:
    """*inhibition of miR-221 and -222*: what stands beside a mention of its own type belongs to it."""
    for token in list(tree.tokens):
        if token.mention is None:
            continue
        if token.i >= 2 and tree.tokens[token.i - 1].lower in "/,":
            first = tree.tokens[token.i - 2]
            same = first.mention is not None and first.mention.type == token.mention.type
            if same and first.head == token.i:
                # The first of A/B, or of A, B, takes the place of both, as the first of every other list does.
                is_root = token.head == token.i
                tree.hang(first.i, first.i if is_root else token.head, token.dep)
                tree.hang(token.i, first.i, "conj")
                continue
        listed = token.i > 0 and tree.tokens[token.i - 1].lower in ("and", "or")
        if token.dep != "conj" and not (token.dep == "appos" and listed):
            continue
        between = token.i - 1
        while between > 0 and tree.tokens[between].lower in ("and", "or", ",", "/", "-", "–", "‐", "‑"):
            between -= 1
        other = tree.tokens[between]
        alike = other.mention is not None and other.mention.type == token.mention.type
        misplaced = other.i != token.head or token.dep == "appos"
        if between < token.i - 1 and alike and misplaced and token.i not in tree.above(other.i):
            tree.hang(token.i, other.i, "conj")


def _adjacent_participle(tree: Tree) -> None:
    """*an antibody against X reduced Y*: a participle with a noun right before it, and no hyphen, is a verb."""
    for verb in list(tree.tokens):
        object = tree.tokens[verb.head]
        if verb.tag not in PAST or verb.dep != "amod" or object.i < verb.i:
            continue
        subject = next(
            (child for child in tree.children(verb.i) if child.dep == "nsubj" and child.i < verb.i), None
        )
        if subject is not None:
            # It has a subject: it is the verb of the clause that its noun was taken for.
            is_root = object.i == object.head
            tree.hang(verb.i, verb.i if is_root else object.head, "ROOT" if is_root else object.dep, "VBD")
            tree.hang(object.i, verb.i, "dobj")
            return
        before = tree.tokens[verb.i - 1] if verb.i else verb
        if before.head != verb.i or before.dep != "npadvmod" or before.end == verb.start:
            continue
        root = tree.root()
        if object.i == root.i:
            continue
        prep = tree.tokens[before.i - 1]
        tree.hang(object.i, verb.i, "dobj")
        if root.tag[:2] == "VB":
            tree.hang(verb.i, root.i, "conj", "VBD")
        else:
            tree.hang(root.i, verb.i, "nsubj")
            tree.hang(verb.i, verb.i, "ROOT", "VBD")
        if prep.tag == "IN" and tree.tokens[prep.head].tag[:2] == "NN":
            tree.hang(before.i, prep.i, "pobj")
            if root.tag[:2] == "VB":
                tree.hang(prep.head, verb.i, "nsubj")
        else:
            tree.hang(before.i, verb.i, "nsubj")
        return


def _second_subject(tree: Tree) -> None:
    """*A lowers B and C targets D*: what stands right before a second verb without a subject is its subject."""
    for verb in list(tree.tokens):
        if verb.tag not in ("VBZ", "VBD", "VBP") or verb.dep != "conj" or tree.has(verb.i, SUBJECTS | AUXILIARIES):
            continue
        place = verb.i - 1
        while place > 0 and tree.tokens[place].tag == "RB":
            place -= 1
        noun = tree.tokens[place]
        if noun.mention is None or noun.dep != "conj":
            continue
        if noun.i > 0 and tree.tokens[noun.i - 1].tag == "CC":
            tree.hang(noun.i, verb.i, "nsubj")


def _cargo(tree: Tree) -> None:
    """*Exosomes containing A reduced B*: a name right behind a participle is its object."""
    for participle in list(tree.tokens[:-2]):
        named, verb = tree.tokens[participle.i + 1], tree.tokens[participle.i + 2]
        if participle.tag != "VBG" or named.mention is None or verb.tag not in PAST or participle.i == 0:
            continue
        holder = tree.tokens[participle.i - 1]
        if participle.dep != "acl" or participle.head != holder.i or named.head == participle.i:
            continue
        object = tree.tokens[verb.head]
        if verb.dep == "amod" and object.head == participle.i and named.head in (verb.i, object.i):
            is_root = holder.head == holder.i
            tree.hang(verb.i, verb.i if is_root else holder.head, "ROOT" if is_root else holder.dep, "VBD")
            tree.hang(object.i, verb.i, "dobj")
            for child in tree.children(holder.i):
                if child.i > object.i:
                    tree.hang(child.i, verb.i, child.dep)
            tree.hang(holder.i, verb.i, "nsubj")
            tree.hang(named.i, participle.i, "dobj")
        elif named.head == verb.i and holder.head == verb.i:
            tree.hang(named.i, participle.i, "dobj")


def _reduced_relative(tree: Tree) -> None:
    """*A from cells kept under C stimulated B*: of two verbs without a joint the second counts."""
    for first in list(tree.tokens):
        before = tree.tokens[first.i - 1] if first.i else first
        if first.tag != "VBN" or before.tag[:2] != "NN" or tree.has(first.i, AUXILIARIES | {"dobj"}):
            continue
        subject = next((child for child in tree.children(first.i) if child.dep == "nsubj"), None)
        second = next(
            (
                each
                for each in tree.tokens[first.i + 1 :]
                if each.tag == "VBD" and each.dep == "conj" and each.head in (first.i, first.head)
            ),
            None,
        )
        if subject is None or second is None or tree.has(second.i, SUBJECTS | AUXILIARIES):
            continue
        if not tree.has(second.i, frozenset({"dobj"})) or any(
            each.tag in ("CC", ",") for each in tree.tokens[first.i + 1 : second.i]
        ):
            continue
        is_root = first.head == first.i
        for child in tree.children(first.i):
            if child.i < first.i:
                tree.hang(child.i, second.i, child.dep)
        tree.hang(second.i, second.i if is_root else first.head, first.dep)
        tree.hang(first.i, before.i, "acl")
        return


def _relatives(tree: Tree) -> None:
    """*X, which increased Y*, *X, whose loss increased Y*: a relative without a role is the subject."""
    for token in list(tree.tokens):
        if token.tag == "WP$" and token.dep == "poss" and tree.tokens[token.head].dep == "dep":
            verb = tree.tokens[tree.tokens[token.head].head]
            if verb.i > token.head and verb.tag[:2] == "VB" and not tree.has(verb.i, SUBJECTS):
                tree.hang(token.head, verb.i, "nsubj")
        if token.tag != "WDT" or token.dep not in ("dep", "mark", "det", "advmod"):
            continue
        verb = tree.tokens[token.head]
        if verb.i > token.i and verb.tag[:2] == "VB" and not tree.has(verb.i, SUBJECTS):
            tree.hang(token.i, verb.i, "nsubjpass" if tree.has(verb.i, frozenset({"auxpass"})) else "nsubj")


def _appositions(tree: Tree) -> None:
    """*We found PTEN, a miR-21 target gene and known suppressor*: what says what a name is does not join it."""
    for token in list(tree.tokens):
        if token.dep != "conj" or token.mention is not None or token.tag[:2] != "NN":
            continue
        name = tree.tokens[token.head]
        if name.mention is None or name.dep in ("conj", "nmod", "compound") or tree.has(name.i, frozenset({"cc"})):
            continue
        first = min((child.i for child in tree.children(token.i)), default=token.i)
        article = tree.tokens[first]
        if article.lower in ("a", "an") and article.head == token.i and tree.tokens[first - 1].tag == ",":
            tree.hang(token.i, name.i, "appos")


MENDS = (
    like_joins_like,
    tool_before_its_target,
    object_of_the_later_verb,
    change_and_its_preposition,
    names_before_an_event,
    gerund_and_its_object,
    gerund_joins_gerund,
    _cargo,
    _appositions,
    verb_after_and,
    participle_as_subject,
    participle_for_verb,
    hyphened_root,
    _odd_subjects,
    _plural_to_verb,
    _phrase_to_clause,
    _adverbials,
    _coordinated_clause,
    _lists_of_mentions,
    _prepositions,
    repeated_preposition,
    _second_subject,
    _adjacent_participle,
    _reduced_relative,
    _relatives,
)
