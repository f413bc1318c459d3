"""Matches to evidence: arguments, manipulation, assertion, context, confidence."""
