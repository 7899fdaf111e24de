"""Settings: `base` holds what is the same everywhere; the environment decides the rest."""
