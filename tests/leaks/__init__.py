"""Looks for secrets in all that the tests bring forth: no output, log or file may have one."""
