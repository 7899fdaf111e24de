"""Exemptions that managers record: who is let off which target, for how long, and why."""
