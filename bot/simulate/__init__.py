"""`keel simulate`: synthetic people live for days on a virtual clock, and what they were promised is checked.

The people, their days and everything that goes wrong are drawn from one seed. What runs is real: the ticker, the
cadence, the database, the write path. What judges it is not: `oracle` knows wall clocks only by looking at them.
"""
