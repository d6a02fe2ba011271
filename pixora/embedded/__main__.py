from __future__ import annotations

import sys

from pixora.embedded.supervisor import main

sys.exit(main())
