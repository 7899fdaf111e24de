"""Workers in processes of their own: killed, stopped, and fed by a real broker."""
