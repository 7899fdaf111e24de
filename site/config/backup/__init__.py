"""Backup and restore: the database and the files kept, in a form either database can take in."""
