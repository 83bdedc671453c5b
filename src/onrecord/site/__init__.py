"""Documents → a static site: pages, their data, search, and where addresses lead."""
