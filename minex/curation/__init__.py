"""Curation: which evidence people should judge, how they do it, and what their verdicts say of the rules."""
