"""Everything the platform runs on is killed while people answer: nothing they were told is lost."""
