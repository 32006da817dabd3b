"""The fields of a phone interview (SPEC section 3), one file each: pure questions about a Case."""
