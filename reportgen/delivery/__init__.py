"""The ways out: what is made of a report for mail, webhooks and directories, and how it leaves the outbox."""
