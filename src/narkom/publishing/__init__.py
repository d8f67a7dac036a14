"""Publishing: the dataset in the formats of the web."""
