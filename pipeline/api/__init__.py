"""Films over REST: each module a router, each operation one call of a service.

tasks       films: listed, made, changed, deleted, duplicated; their history and the finished film
scripts     the script and its versions
timeline    what lies where in the film, and the outlines of its sounds
components  what a film is made of, and the takes of each piece
runs        prices, starting and cancelling
options     what can be chosen, and what it costs
material    what comes in and goes out as files
own_voices  samples of voices that narrations are spoken from
bodies      what clients send; answers what they get; examples of both
doors       what all operations share: whose film it is, how often one may ask
"""
