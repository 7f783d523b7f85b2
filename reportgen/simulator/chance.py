"""Numbers that look random and are the same on every machine, in every Python, for ever."""

from __future__ import annotations

from hashlib import blake2b


def chance(*key: object) -> float:
    """A number in [0, 1), evenly spread over the keys and always the same for one key."""
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    return (int.from_bytes(digest) >> 11) / 2**53


def between(low: float, high: float, *key: object) -> float:
    """A number in [low, high), always the same for one key."""
    return low + (high - low) * chance(*key)


def code(length: int, *key: object) -> str:
    """Letters and digits such as a token is made of, always the same for one key."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(alphabet[int(chance(*key, place) * len(alphabet))] for place in range(length))
