"""What a published change means: the same course in better words, or another course."""
