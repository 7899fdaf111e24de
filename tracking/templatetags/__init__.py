"""What templates of other pages show of this app."""
