"""Sends the events of films to addresses of their owners, in order for each film, until each has been taken.

addresses  where somebody wants events: made, changed, tried, paused
cursors    how far each film has come at each address, and whose turn it is to go on
signing    PURE: what is sent, with its signature
sender     one request, to a public address, with its answer
deliverer  all that is due, by whoever comes first
"""
