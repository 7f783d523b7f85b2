"""Which tweets a report is about: from handles to what they posted."""
