"""JATS, the XML of PubMed Central's full texts: one article, or a set of them as efetch and OAI-PMH give it."""

from __future__ import annotations

from minex.formats.jats.reader import FORMAT

__all__ = ["FORMAT"]
