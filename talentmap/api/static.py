"""Scripts and styles: compressed once and kept, a first visit is small and a second none."""

from __future__ import annotations

from flask import Flask, Response, request

from talentmap.api.send import Body, Kept, compressed

_STATIC = ("/assets/", "/_dash-component-suites/")
_TEXT = ("javascript", "css", "json", "html", "svg")
_SMALL = 1_000  # bytes; below this compression is not worth the header


def compress_pages(server: Flask) -> None:
    """Compress what the pages are made of: stamped files once, answers of callbacks each time."""
    kept = Kept()

    def after(response: Response) -> Response:
        if response.status_code != 200 or response.content_encoding:
            return response
        if not any(word in (response.mimetype or "") for word in _TEXT):
            return response
        if request.path.startswith(_STATIC):
            return _static(kept, response)
        return response if response.direct_passthrough else compressed(request, response, _SMALL)

    server.after_request(after)


def _static(kept: Kept, response: Response) -> Response:
    """Send a file whose address says its version; another one (an icon) goes as it is."""
    stamped = "m" in request.args or request.path.startswith(_STATIC[1])
    if not stamped:
        return response
    response.direct_passthrough = False  # only read where it is not yet kept
    made = kept.send(
        request,
        request.full_path,
        lambda: Body(response.get_data(), str(response.content_type)),
        private=False,
    )
    response.close()
    return made
