"""Dask distributed: the same work as worker processes do, on as many machines as a cluster has."""
