"""Where documents come from: PubMed's and PMC's E-utilities, and what a query finds there."""
