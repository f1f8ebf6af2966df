"""`keel doctor`: is everything in place that a running Keel needs?"""
