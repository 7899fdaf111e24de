"""Likställighet."""
