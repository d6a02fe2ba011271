"""Executes plans: asynchronous, parallel, leased, resumable.

shift      one process at work: claims runs, looks for new ones, ends when there is nothing left or it is told to
build      one run: plans, takes what is free, makes what is ready, plans again after each landing
attempts   one step: tries its provider until it delivers or there is no point
mishaps    whatever went wrong, as one of our errors
admission  what is judged before it goes to a vendor
precedence which pieces go first, where many could move at the same moment
limits     how much may be asked of a vendor's account, and for how much money
rate       how often it may be asked in a minute
ticker     tells those who are listening how far a run is
clerk      writes down together what a run's attempts have to write at the same time
landing    how results become takes
storing    how their files get into the storage
ending     how a run ends
cancelling what providers still make for a run that ends early
news       word from a provider that a job may be done
records    what is read and written of steps and attempts, each write under the run's lease
leases     claiming a run, keeping it, giving it back
state      what a build knows while it runs
workshop   what builds share in one process
machine    how many children may compute on this machine at once
leftovers  what killed processes left on the disk
database   how the event loop asks the database
retry      PURE: what is tried again, when, how often
"""
