"""Charts, by eye, by ear, and by whoever sent hostile labels."""
