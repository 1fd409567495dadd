"""Money that staff let wait: freezes with a reason and a date, and the appeals against them."""
