"""What status costs as a city grows: pages, one fact, rebuilds, past days, files, imports.

`python -m bench.scale` makes cities of sizes that double (`bench.city`), on each database, measures
the same on each of them, and prints tables whose columns are the sizes.
"""
