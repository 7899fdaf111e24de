"""Cities of any size, made up from a seed: the same seed, size and day give the same city.

`python -m bench.city` writes one straight into the environment's database, as the imports would
have brought it month by month, or its `personal.csv`. `bench.city.plan.CityPlan` says what a city
is made of; `bench.city.people` invents its people, some thousands at a time, so that memory stays
flat however many they are.
"""
