"""Rows of a provider's list that match nobody, or several: a coordinator says whose they are."""
