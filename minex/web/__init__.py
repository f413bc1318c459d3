"""Browsing a database: Datasette over the file, with questions that are asked often and pages made to be read."""
