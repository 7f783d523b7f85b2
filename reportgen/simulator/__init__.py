"""A local Engagement API with a small world of accounts and tweets behind it."""
