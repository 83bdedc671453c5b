"""What OFAC's files are made of: tables without a header, and remarks that say many things in one cell."""
