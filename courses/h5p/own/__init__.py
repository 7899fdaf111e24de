"""The platform's own content types: their sources as libraries, what a content of theirs must be,
and packages built of the two."""
