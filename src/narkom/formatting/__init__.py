"""Formatting: one canonical layout for data files and queries, so that a change shows as the lines that it changes."""
