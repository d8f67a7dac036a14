"""Narkom: claims of one scholarly chapter about the Soviet state security service, kept as data with their sources."""

__version__ = "0.1.0"
