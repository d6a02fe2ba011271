"""The base of every part of Pixora, which knows nothing of films: errors, logs, limits, processes, batching."""
