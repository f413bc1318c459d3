"""The parts of the lexicon's build: finding sources, parsing them, collecting concepts and names."""
