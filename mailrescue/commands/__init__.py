"""What a verb needs beyond one call of the run."""
