"""Where credentials are kept between runs: the system's keyring, or a file that nobody else may read."""
