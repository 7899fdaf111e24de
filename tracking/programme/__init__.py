"""Kunskapsmål: the pages where targets are read, made, tried out, published and ended."""
