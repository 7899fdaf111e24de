"""Proof of a course taken elsewhere: handed in by its owner, judged by somebody else."""
