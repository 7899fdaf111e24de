"""The sandbox: the page inside the frame, what it may load, and the addresses of both."""
