"""A film's history, line by line, and how it is told to those who follow it."""
