"""The report: one page of HTML that opens from a mail, with nothing to fetch."""
