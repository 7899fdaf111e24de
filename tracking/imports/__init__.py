"""Files of facts come in: read, checked whole, compared with what is known, applied at once."""
