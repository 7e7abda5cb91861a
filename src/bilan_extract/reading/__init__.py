"""One reader a file behind one protocol: from bytes to pages of words and shapes."""
