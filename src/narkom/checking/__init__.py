"""Checking: SHACL, OWL, dates, references and the source; all findings in one sorted report."""
