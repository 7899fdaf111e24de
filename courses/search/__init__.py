"""Search over courses and lessons; what is searched for is kept nowhere."""
