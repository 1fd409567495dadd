"""Money that a shop collects itself: what to say of it, and what is owed of it."""
