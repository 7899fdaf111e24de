"""Gathers the models of the topics, for Django."""

from config.sign_in.models import SpentAssertion

__all__ = ["SpentAssertion"]
