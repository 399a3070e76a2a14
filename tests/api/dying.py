"""The command line of a program that is killed just after something reached the disk: `python dying.py N serve ...`.

N counts the times that bytes were synced or a transaction was committed; at the N-th the process ends as by a power cut. 0: never.
"""

import itertools
import os
import signal
import sys

from sqlalchemy.engine.default import DefaultDialect


def dies_at(number):
    """Let this process be killed after the number-th fsync or commit."""
    count = itertools.count(1)

    def after(done):
        def doing(*arguments):
            result = done(*arguments)
            if next(count) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return doing

    os.fsync = after(os.fsync)
    DefaultDialect.do_commit = after(DefaultDialect.do_commit)


if __name__ == "__main__":
    from api.cli import main

    dies_at(int(sys.argv.pop(1)))
    main()
