"""Two versions of a lesson beside each other: what has changed, screen by screen."""
