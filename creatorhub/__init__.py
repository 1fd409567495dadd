"""CreatorHub: every honest way of earning from an audience, in one self-hosted place."""
