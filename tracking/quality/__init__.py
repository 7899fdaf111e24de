"""What in the facts is to be looked at by a person: found, counted, listed, explained."""
