"""What the stand-ins share: a call log, faults, rate limits, paging and errors."""
