"""The agent: turns of a conversation, the loop over a language model, its tools and what it knows of the film."""
