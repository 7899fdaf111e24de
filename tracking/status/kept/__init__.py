"""Keeps everybody's status and every unit's counts current, so that pages only read them."""
