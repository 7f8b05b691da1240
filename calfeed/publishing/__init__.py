"""The whole site as files, in a folder or an object store, and what has been published before."""
