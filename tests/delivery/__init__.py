"""Delivery: addresses, messages, and what servers make of them."""
