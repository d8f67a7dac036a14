"""Narkom: claims of scholarly texts about the Soviet state security service, kept as data with their sources."""

__version__ = "0.1.0"
