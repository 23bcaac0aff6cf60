"""Pages: which there are, what each reads, and its view."""
