"""The local scriptwriter, which reads a prompt and writes a film; its words and facts are the TOML files here."""
