"""Find, ask, answer: one module per page of the storefront."""
