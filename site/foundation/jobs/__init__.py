"""Jobs: what takes longer than a second, with an owner, true progress and a way to stop it."""
