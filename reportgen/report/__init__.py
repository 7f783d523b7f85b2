"""From facts and gaps to a Report: pure."""
