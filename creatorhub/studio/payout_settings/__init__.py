"""How you are paid: by which rail, what is still missing for it, how often and from what amount."""
