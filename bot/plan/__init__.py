"""`keel plan`: a profile in a file becomes a plan, without a database."""
