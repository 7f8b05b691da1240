"""YAML files to a checked catalog: everything that can be wrong with the data is found here."""
