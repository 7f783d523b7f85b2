"""The vendor's APIs: signing, sending, and reading answers into facts and gaps."""
