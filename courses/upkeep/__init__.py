"""Keeping lessons right: what they cite that no longer holds, and who is to look at it."""
