"""What units are called where there is little room."""

# A committee's name says of what kind it is; beside other districts that goes without saying.
KIND = " stadsdelsnämnd"


def short_name(name: str) -> str:
    """A district's own name; any other unit's whole."""
    return name.removesuffix(KIND)
