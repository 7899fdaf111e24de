"""The reports' pages: who asks, what they ask for, one read, one page."""
