"""The audit log: who saw, exported, changed and decided what about whom; append-only."""
