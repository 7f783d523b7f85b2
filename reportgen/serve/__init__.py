"""The scheduler that runs all the time, and what it tells of itself."""
