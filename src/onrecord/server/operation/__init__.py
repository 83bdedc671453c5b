"""What keeps the server going, and tells how it goes."""
