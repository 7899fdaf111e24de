"""The implementation plan's rows as data, and how they are read."""
