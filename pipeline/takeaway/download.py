"""The zip as an answer over HTTP."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from pipeline.models import Task
from pipeline.takeaway.archive import Archive


def download(task: Task) -> StreamingHttpResponse:
    """Answer with the film's takeaway as a zip. Raises Conflict while there is no film."""
    archive = Archive(task)
    response = StreamingHttpResponse(archive, content_type="application/zip")
    response["Content-Length"] = str(archive.size)
    response["Content-Disposition"] = content_disposition_header(True, archive.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
