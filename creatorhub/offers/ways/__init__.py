"""The ways to earn. The listing of this folder is the list of ways."""
