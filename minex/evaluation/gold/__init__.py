"""The gold set of the two documents: stand-off annotation, found again in whatever copy of them is at hand."""
