"""Names to concepts: sources, build, hierarchy, matching, the compiled data."""

from minex.lexicon.lexicon import Candidate, Lexicon, Match

__all__ = ["Candidate", "Lexicon", "Match"]
