"""`make emulators`: runs them until Ctrl-C and prints what to set, so that the whole product can be tried offline."""

from __future__ import annotations

import signal
import sys

from tests.emulators.server import Emulators, running

PORT = 8900

BILLING = ("openai", "fal", "replicate")


def tell(emulators: Emulators, *, supabase: bool) -> None:
    for name, value in emulators.environment.items():
        if name.startswith("SUPABASE") is supabase:
            print(f"export {name}={value}")


if __name__ == "__main__":
    with running(int(sys.argv[1]) if len(sys.argv) > 1 else PORT) as emulators:
        print("The vendors' emulators run until Ctrl-C. In another terminal, for films made by them:\n")
        tell(emulators, supabase=False)
        print("\nand, for accounts and files at Supabase as well:\n")
        tell(emulators, supabase=True)
        print("\nThen `make video` or `make studio`. What they would have billed:\n")
        for vendor in BILLING:
            print(f"curl {emulators.url}/ledger/{vendor}")
        print(flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
