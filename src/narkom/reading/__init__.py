"""Reading: every source file into one dataset; an error names file, line and how to mend it."""
