"""From a computed report to files: numbers, dates, charts, the HTML page and the PDF."""
