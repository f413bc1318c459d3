"""What pytest leaves alone here: a program that wants atheris, which minex does not install."""

collect_ignore = ["guided.py"]
