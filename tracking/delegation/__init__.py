"""Delegation: a manager lets a deputy see the same unit for a time."""
