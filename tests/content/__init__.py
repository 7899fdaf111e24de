"""The modules that come with the platform, held against the city's documents and house rules."""
