"""PURE: wishes in Spanish, French, Italian and Portuguese, read by the kinds of their words.

words   words of closed kinds, and patterns made of them for each language
closed  wishes every word of which is of a known kind: "mets une musique plus joyeuse à la fin"
titles  a title that is quoted or dictated, and complaints about one
people  how somebody looks and is called, and who leaves the film
seen    what is to be seen in a scene, or no longer, or in the place of something, and new scenes
wishes  tries each of them
"""
