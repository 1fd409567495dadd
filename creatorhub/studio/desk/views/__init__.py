"""The pages of the staff desk, one module a subject."""
