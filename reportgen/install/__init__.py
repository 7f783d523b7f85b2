"""What other programs need in order to start reportgen by themselves: systemd, cron, GitHub Actions. Pure."""
