"""Shows films to people without an account, behind a link, and takes in their notes and their yes."""
