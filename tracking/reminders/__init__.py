"""Mails that remind staff of what is asked of them, and managers of what has changed."""
