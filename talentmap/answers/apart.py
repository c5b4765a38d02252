"""Heavy work in a process of its own, which gives its memory back and shares no state with us."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from talentmap.answers.jobs import Tell
from talentmap.model.errors import UserError


def run_apart(work: Callable[..., Any], tell: Tell, *args: Any) -> Any:
    """Run `work(tell, *args)` in a new process and return what it returns.

    Work, arguments and result must be such as can be pickled. Raises UserError with the line of
    one raised there, RuntimeError where the process broke down.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, work, args))
    process.start()
    theirs.close()
    try:
        while True:
            kind, *said = ours.recv()
            if kind == "tell":
                tell(*said)
            elif kind == "done":
                return said[0]
            else:
                raise UserError(str(said[0]))
    except EOFError:
        process.join()
        raise RuntimeError(f"the work ended with code {process.exitcode}") from None
    finally:
        process.join()
        ours.close()


def _run(out: Connection, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    try:
        out.send(("done", work(lambda *said: out.send(("tell", *said)), *args)))
    except UserError as error:
        out.send(("refused", str(error)))
    finally:
        out.close()
