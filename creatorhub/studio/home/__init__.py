"""The first page: what to do next, and how it is going."""
