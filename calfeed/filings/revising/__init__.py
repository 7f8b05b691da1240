"""What a later filing changes in a plan, as edits of the plan's file."""
