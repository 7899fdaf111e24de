"""From pages back to the files that they could have been loaded from."""
