"""The portal: pages, descriptions and figures of the store, as values that a server sends or a folder holds."""
