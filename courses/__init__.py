"""Learning: pages, lessons, progress and the training modules."""
