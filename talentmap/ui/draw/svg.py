"""SVG as text: elements with escaped attributes and words. A page puts it in place as it stands."""

from __future__ import annotations

from html import escape

Point = tuple[float, float]


def tag(name: str, *children: str, **given: object) -> str:
    """Return an element; children are markup. `class_` is written `class`, `_` as `-`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in given.items()
        if value not in (None, "")
    )
    return f"<{name}{written}>{''.join(children)}</{name}>"


def words(said: str, x: float, y: float, kind: str = "") -> str:
    """Return a line of text, its words escaped."""
    return tag("text", escape(said), x=x, y=y, class_=kind)


def hint(said: str) -> str:
    """Return what the pointer reads over an element."""
    return tag("title", escape(said))


def drawing(width: float, height: float, *children: str, label: str, kind: str = "") -> str:
    """Return a whole picture with its name for those who do not see it."""
    return tag(
        "svg", *children, viewBox=f"0 0 {_text(width)} {_text(height)}", width=width, height=height,
        class_=kind, role="group", aria_label=label, xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def line(points: list[Point], closed: bool = False) -> str:
    """Return the path through points."""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return path + ("Z" if closed else "")


def _text(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
