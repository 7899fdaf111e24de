"""Facts about staff and learning, and the status derived from them."""
