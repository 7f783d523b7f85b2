"""From the settings of the two public sample clients of the Engagement API to a report file. Pure."""
