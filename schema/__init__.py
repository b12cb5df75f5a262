"""What callers see: the types of the graph, its queries and its mutations."""
