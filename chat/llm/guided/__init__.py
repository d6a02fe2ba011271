"""The agent with a small language model: Pixora's rules first, and the model for what they did not understand.

model      a turn: the rules, else the model's reading of the sentence, else its answer to a question
certainty  whether the rules understood
wishes     what the model is asked for, and what it read, checked against the film
evidence   what the sentence has to say for them
deeds      what is done for it, and what is asked about first
translating words of other languages in what is described in English
answers    what it may say about the film
asking     the requests, and the warming of what stands at their beginning
"""
