"""French text: clean sentences with a map to the page, figures, dates, references."""
