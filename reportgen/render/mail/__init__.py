"""A report as the letter that is mailed: its subject, the same words as plain text and as HTML, and pictures."""
