"""Making the calls of a plan: which are still to be made and when, and what is done when one does not go well."""
