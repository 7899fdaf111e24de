"""The demo city: fictional people in Stockholm's real organisation, as the files a city hands over.

Everything here but `actions.py` is plain Python: no Django, no clock, no unseeded chance.
"""
