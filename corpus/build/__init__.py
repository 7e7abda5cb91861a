"""The program that typesets the corpus: one content source per document, from which PDF and gold plan both derive."""
