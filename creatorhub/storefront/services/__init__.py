"""What shoppers change: their baskets, and a basket into an order."""
