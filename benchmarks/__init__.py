"""Measures the gateway beside others, over the same platforms and with the same answers."""
