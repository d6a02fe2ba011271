"""The vendors' wire protocols on loopback: as strict as the vendors are, with real media and a record of the bills.

`application.py` joins the vendors, each in a module of its own; `server.py` runs them for tests, `python -m
tests.emulators` for trying the product by hand. `knobs.py` says what may go wrong, `ledger.py` what was billed.
"""
