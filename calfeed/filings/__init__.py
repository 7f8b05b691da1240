"""The text of a filing to a ledger of its dates: compared with a plan, or drafted into one."""
