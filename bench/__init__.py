"""Measures the pages that matter on the demo city: `make bench`."""
