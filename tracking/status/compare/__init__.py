"""What explains the difference between two reports: each count's causes add up to it exactly."""
