"""Where mail lies: octets out, octets in."""
