"""Så gör vi här: what each district writes for itself in a lesson that is everybody's."""
