"""Pairs that no rule joins, weighed by what stands around them: a linear model over words and the tree."""
