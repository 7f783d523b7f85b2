"""Reports on the engagement of tweets, from a YAML file to a page worth sending."""

__version__ = "0.1.0"
