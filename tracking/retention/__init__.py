"""What is disposed of, when, and by whose decision; people pseudonymised, every figure exact."""
