"""The X API v2: accounts, their timelines, and whose a tweet is."""
