"""Signing in at the simulator: for a user with a PIN, for the app with its key and secret."""
