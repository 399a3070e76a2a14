"""How fast is it on this machine?"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small systems: one thread solves them twelve times faster than two
