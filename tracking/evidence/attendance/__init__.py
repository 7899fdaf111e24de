"""A manager records that several of their people took a course, or were at a lecture day."""
