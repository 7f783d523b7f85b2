"""What is done by itself when it is due: `run --due` once, `serve` all the time."""
