"""``python -m xlaudit`` is the command ``xlaudit``."""

import sys

from xlaudit.cli import main

if __name__ == "__main__":
    sys.exit(main())
