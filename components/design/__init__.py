"""Design: what a designer does with prototypes: remarks, steps back, sweeps over a dial, files."""
