"""The comparison of two reports on a unit, as pages: what differs, why, and whom it is about."""
