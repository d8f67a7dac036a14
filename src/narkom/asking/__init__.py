"""Asking: stored questions and free SPARQL, each row of an answer with the claims it rests on."""
