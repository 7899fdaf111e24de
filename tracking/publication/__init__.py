"""Figures that leave the organisation: once a period, of committees, in bands (STATUS.md 6)."""
