"""The file of a filing to passages, sentences and clauses, and the words that take back what these say."""
