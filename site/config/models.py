"""Gathers the models of the topics, for Django."""

from config.sign_in.models import Brake, SpentAssertion

__all__ = ["Brake", "SpentAssertion"]
