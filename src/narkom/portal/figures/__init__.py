"""What the figures of the portal show, as values that are written as JSON: timeline, network, map, strip of months."""

# The pages of figures by their names.
FIGURES = ("timeline", "network", "map")
