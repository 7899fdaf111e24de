"""Courses as files: read, judged whole, and loaded without overwriting what was edited since."""
