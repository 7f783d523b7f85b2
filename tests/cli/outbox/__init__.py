"""Looking at the outbox, and changing what is in it by hand."""
