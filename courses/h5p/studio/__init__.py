"""H5P in the Wagtail admin: what trainers bring, and which libraries an administrator lets in."""
