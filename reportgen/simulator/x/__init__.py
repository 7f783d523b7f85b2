"""The X API v2 as far as it is simulated: users, timelines and posts."""
