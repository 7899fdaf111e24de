"""What other programs read: figures and status by day and knowledge, with a key of somebody's."""
