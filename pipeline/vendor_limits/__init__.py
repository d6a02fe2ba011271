"""The limits to what is asked of a vendor at once, each minute and each day, for the engine and the chat alike."""
