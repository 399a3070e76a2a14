"""What is not set has a value that suits the machine."""

import pytest

from api.settings import usual_processes


@pytest.mark.parametrize(
    ("processes", "cores", "memory"),
    [(1, 1, 64_000), (2, 2, 8_000), (4, 4, 8_000), (4, 32, 64_000), (3, 8, 2_000), (1, 8, 1_000), (1, 8, 200)],
)
def test_processes_follow_cores_and_memory(processes, cores, memory):
    """One a core, never so many that a long scan passes 800 MB or a small machine runs out; at least one."""
    assert usual_processes(cores, memory) == processes
