"""The draft of a plan from what was found in a filing, as values and as YAML."""
