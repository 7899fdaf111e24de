"""The pages of the scorecards."""
