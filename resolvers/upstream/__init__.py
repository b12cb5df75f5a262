"""How a call travels to a platform and back."""
