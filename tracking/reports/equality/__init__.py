"""Likställighet: do the districts differ from the city by more than chance would?"""
