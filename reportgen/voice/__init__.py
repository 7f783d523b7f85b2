"""How numbers, days and hours are written for the readers of a report: in English, or as another locale has it."""
