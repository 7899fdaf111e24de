"""Pictures of every kind of page, for eyes to judge; `python -m tests.browser.gallery`."""
