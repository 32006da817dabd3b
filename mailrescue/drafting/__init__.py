"""A due verdict to message bytes: the words, then the headers."""
