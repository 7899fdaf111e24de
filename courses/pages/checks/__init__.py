"""What a page's content lacks, told to its author: each file checks one thing, and writes nothing.

A check takes the places of a page's content (`places.py`) and gives findings (`findings.py`).
"""
