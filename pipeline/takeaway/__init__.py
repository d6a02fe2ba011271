"""Everything of a film to take away, as one zip.

contents  which files there are, and where in the zip
exchange  the film as an OpenTimelineIO timeline over those files
archive   makes what is not there yet, and streams the zip
"""
