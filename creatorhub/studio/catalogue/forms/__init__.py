"""What the catalogue asks for, and how it is read."""
