"""The text of a filing to a ledger of its dates: compared with a plan, drafted into one, or made edits of one."""
