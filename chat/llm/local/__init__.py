"""The local agent: rules instead of a language model. It emits the same tool calls, and says when it does not know.

model          what it says and does, one round at a time
understanding  a sentence → calls of tools, or words
corrections    what is said of the last sentence: corrections and answers
undoing        what is taken back
clauses        several wishes in one sentence
shorthand      hurried writing in plain English
dictation      words that somebody dictates, kept as they were written
reading        words, numbers and scenes of a sentence
film           the film as the facts tell it
inquiries      questions about the film as it is
costs          what it has cost
talk           small talk and questions about the process
places         the order of scenes
looks          what a scene shows and how it moves
spoken         what a scene is called and says
appearance     how a character looks
wishes         the film's settings and music
pieces         takes: made anew, taken again, explained
speaking       what the tools answered, in sentences
"""
