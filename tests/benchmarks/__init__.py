"""How fast calfeed is, measured beside what others use for the same work: `python -m tests.benchmarks`."""
