"""What a page of the storefront shows, read across rooms in a constant number of queries."""
