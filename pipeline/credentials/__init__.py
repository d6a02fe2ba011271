"""Content Credentials: what a film's file says of its making, signed, as C2PA 2 says it.

pieces     PURE: who made a piece of a film, and whether that is called AI
manifest   PURE: what is signed, from a film's pieces
keys       the key and the certificate that sign here: the operator's, or one made for this home
signing    puts both into a file
delivered  what a vendor's or a user's file says of itself, kept while the file is changed
"""
