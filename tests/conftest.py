import sys
from pathlib import Path

# The rig (tests/support/rig) serves every suite below this folder.
sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
