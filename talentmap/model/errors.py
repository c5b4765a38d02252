"""Errors a user can act on. Everything else is a defect and gets an incident number instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(ValueError):
    """A mistake in a file, a parameter or a request, told in one clear line.

    The command line prints it and leaves with exit code 2; a page shows it where the answer would
    have been; the API answers with `status`. The line names what was wrong: file, row, column or
    parameter.
    """

    exit_code = 2
    status = 400


class NotAllowed(UserError):
    """The viewer's tier does not reach what was asked."""

    status = 403


class NotPublished(UserError):
    """The crossing of dimensions asked for is not among the published tables of this tier."""

    status = 422


class GridOnly(NotPublished):
    """The metric is told for hexagons only: a place as a whole has no value of it."""


def unknown(what: str, given: str, known: Iterable[str]) -> UserError:
    """Return the error for a word that is not one of `known`, with the nearest ones named."""
    options = sorted(known)
    near = get_close_matches(given, options, n=3, cutoff=0.5)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    if not near and len(options) <= 24:
        hint = f"; known: {', '.join(options)}"
    return UserError(f"{what}: unknown value {given!r}{hint}")
