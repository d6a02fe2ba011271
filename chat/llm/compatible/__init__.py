"""The agent's language model on a server of one's own: whatever speaks OpenAI's `/chat/completions`."""
