"""`make emulators`: runs them until Ctrl-C and prints what to set, so that the whole product can be tried offline."""

from __future__ import annotations

import signal
import sys

from tests.emulators.server import running

PORT = 8900

if __name__ == "__main__":
    with running(int(sys.argv[1]) if len(sys.argv) > 1 else PORT) as emulators:
        print("The vendors' emulators run until Ctrl-C. In another terminal:\n")
        for name, value in emulators.environment.items():
            print(f"export {name}={value}")
        print(f"\nWhat they would have billed: {emulators.url}/ledger/openai", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
