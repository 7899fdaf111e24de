"""Below which numbers nothing is shown."""

# Below this many attempts a figure says more of who happened to come than of the question.
FEWEST = 10
# Fewer than this are never told apart from each other.
SMALL = 5
