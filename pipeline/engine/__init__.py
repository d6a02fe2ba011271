"""Executes plans: asynchronous, parallel, leased, resumable.

shift            one process at work: claims runs, looks for new ones, ends when there is nothing left or it is told to
build            one run: plans, takes what is free, makes what is ready, plans again after each landing
step_runner      one step: tries its provider until it delivers or there is no point
step_errors      whatever went wrong, as one of our errors
lost_answers     what is done where a request was sent and no answer came
retry            PURE: what is tried again, when, how often
moderation       what is judged before it goes to a vendor
send_order       which pieces go first, where many could move at the same moment
cancelling       what providers still make for a run that ends early
webhook_wakeups  word from a provider that a job may be done
landing          how results become takes
refereeing       what is known of what was delivered, and what is wrong with it
storing          how their files get into the storage
ending           how a run ends
leases           claiming a run, keeping it, giving it back
state            what a build knows while it runs
run_state        a run as its rows say it, loaded when a process begins with it
step_rows        the rows of its steps
attempt_rows     the rows of attempts, each write under the run's lease
batched_writes   writes down together what a run's attempts have to write at the same time
progress_broadcast tells those who are listening how far a run is
inputs           the files that a step reads, brought to its folder
makers           who makes a piece: the model that was chosen, or one that stands in for it
provenance       the way back from a film to what it was made from
still_descriptions what stills really show, for the prompts of their clips
context          what builds share in one process
work_folders     what killed processes left on the disk
"""
