"""What every app stands on: intervals, facts with their batches, file formats, components."""
