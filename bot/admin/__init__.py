"""`keel admin`: what an operator does by hand."""
