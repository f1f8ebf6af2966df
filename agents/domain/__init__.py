"""Pure rules and engines: no I/O, no clock, no randomness but what is passed in."""
