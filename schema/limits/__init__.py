"""What an operation may be at most, checked before any call."""
