"""Mutation testing of the checks: the real data is corrupted in many ways, and each way has to be noticed."""
