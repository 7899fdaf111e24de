"""What courses rest on: sources and law, each with the days it holds."""
