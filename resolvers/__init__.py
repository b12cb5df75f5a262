"""How a field of the graph gets its answer: endpoints, calls, ids, merged lists, platforms."""
