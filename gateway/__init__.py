"""The running process: what serves the graph."""
