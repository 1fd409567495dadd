"""What changes shops and their listings: one file per verb."""
