"""From a report file to a ReportSpec, or problems with positions."""
