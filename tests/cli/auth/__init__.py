"""Signing in and out, against the simulator."""
