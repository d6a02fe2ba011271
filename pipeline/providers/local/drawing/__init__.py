"""Stills drawn from a prompt: read it, choose place and subject, paint in layers, finish in the film's style.

Runs as a child process (`python -m pipeline.providers.local.drawing`): a JSON job on stdin, a PNG on disk.
"""
