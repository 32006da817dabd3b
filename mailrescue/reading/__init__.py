"""Bytes to values, bounded in size and time; what cannot be read comes back as a value that says why."""
