"""PURE: what is said of a thing that has a name here: a scene, somebody, the captions, the music, the voice, the shape.

A message is cut into parts, and each part is read as a change: which thing it is about, and the value that it gets. The
words that changes are made of are few and of a closed kind in every language, so a change is found however it is put.
"""
