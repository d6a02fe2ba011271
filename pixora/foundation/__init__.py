"""What every part of Pixora stands on, and what knows nothing of films: errors, logs, limits, processes, batching."""
