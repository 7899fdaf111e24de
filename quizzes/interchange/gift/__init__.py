"""GIFT: questions as plain text, one block each."""
