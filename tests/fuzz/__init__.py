"""Seeded mutations of PDFs, and a run of the whole path over them."""
