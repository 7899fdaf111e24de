"""Styrkort: what each committee has undertaken, what it reports, and what it signed."""
