"""Many documents: journal, workers, engines."""
