"""H5P: interactive content made elsewhere, played in a sandbox."""
