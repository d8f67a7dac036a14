"""Serving: the SPARQL 1.1 Protocol and a page for every identifier, on loopback unless told otherwise.

One process speaks HTTP and never touches the data; a nursery loads the store once and forks workers from it; a worker
answers one request at a time, may open neither file nor socket, and is killed when it takes too long.
"""
