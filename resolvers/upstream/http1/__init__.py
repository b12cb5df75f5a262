"""HTTP/1.1 as the native wire speaks it: what goes, sockets that are kept, what comes."""
