"""The book as staff look through it: accounts, entries, and one cent from buyer to payee."""
