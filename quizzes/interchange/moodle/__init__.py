"""Moodle's own XML for questions."""
