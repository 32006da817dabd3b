"""What mail means and what follows from it. Pure: imports model and nothing else."""
