"""Where targets come from and where they are heading."""
