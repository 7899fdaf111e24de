"""Courses as pages: their types, the blocks lessons are made of, and who may read their media."""
