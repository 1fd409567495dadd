"""Money of one's own that waits by a decision: why, until when, who decided, and the appeal."""
