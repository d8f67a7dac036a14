"""Building: date bounds, the accepted view and derived statements, written as one snapshot that is swapped in whole."""
