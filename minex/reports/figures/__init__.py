"""What the figures show, as plain data: the report draws it for a browser, `minex plot` for a paper."""
