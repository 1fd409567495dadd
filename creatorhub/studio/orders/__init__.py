"""What buyers ordered from one shop: to pack, to send, to give back."""
