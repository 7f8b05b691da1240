"""Of which kind a date is: rules for the words around it, and clues for wordings that no rule knows."""
