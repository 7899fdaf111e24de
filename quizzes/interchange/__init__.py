"""Questions in and out of files that other platforms read and write."""
