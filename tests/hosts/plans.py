"""Plans for tests: redirects to given addresses, with the headers that every site sends."""

from collections.abc import Sequence

from storefront.hosting import Plan, Redirect, security
from storefront.hosting.values import FOUND, MOVED, encoded


def plan_to(targets: Sequence[str], *, base: str = "", aliases: int = 0, ref: str = "list:maya/kit") -> Plan:
    """One redirect for each address, `/go/maya/thing-0` and so on, and two for each alias."""
    return Plan(
        url="https://shelves.example",
        base=base,
        moved=tuple(
            Redirect(source=f"{base}/old-{n}{slash}", target=f"{base}/maya/", status=MOVED, ref="person:maya")
            for n in range(aliases)
            for slash in ("/", "")
        ),
        going=tuple(
            Redirect(source=f"{base}/go/maya/thing-{n}", target=encoded(target), status=FOUND, ref=ref)
            for n, target in enumerate(targets)
        ),
        everywhere=security.everywhere(alone=not base),
        fixed=(security.KEEP,),
        on_going=security.on_going(()),
        paged=(security.ASK,),
    )
