"""Handmade PDFs that try to exhaust, mislead or reach out of the reader. Each ends with a plan or a named error."""
