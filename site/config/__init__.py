"""The project's top: settings, addresses, sign-in, the demo city."""
