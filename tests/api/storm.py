"""A storm: clients hand in files over HTTP while the processes that take them in and read them are killed again and again."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
LETTER = "UBND XÃ THỬ\nSố: {n}/UBND-VP\nThử, ngày 05 tháng 01 năm 2026\nKính gửi: Các thôn.\nĐề nghị báo cáo trước ngày 20/01/2026.\n"
DEEPEST = 40  # fsyncs and commits among which an injected end lies


@dataclass
class Crew:
    """Processes of the program on one home: each that ends is started again at once; deaths counts how often one was killed."""

    home: Path
    database: str
    words: list  # what each process is told: ["serve", "--port", "..."], ["worker"]
    chance: random.Random
    deaths: int = 0
    running: list = field(default_factory=list)

    def start(self, at, *, doomed):
        """Start a process; a doomed one is killed at some fsync or commit of its own."""
        number = self.chance.randint(1, DEEPEST) if doomed else 0
        environment = os.environ | {"VANTHU_HOME": str(self.home), "VANTHU_PROCESSES": "1", "VANTHU_DEMO": "1", "PYTHONPATH": str(ROOT)}
        environment |= {"VANTHU_DATABASE": self.database} if self.database else {}
        command = [sys.executable, str(Path(__file__).with_name("dying.py")), str(number), *self.words[at]]
        with (self.home.parent / "crew.log").open("ab") as log:
            return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)

    def __enter__(self):
        """Start all; none is doomed yet."""
        self.running = [self.start(at, doomed=False) for at in range(len(self.words))]
        return self

    def revive(self, *, doomed):
        """Start again what has ended."""
        for at, process in enumerate(self.running):
            if process.poll() is not None:
                assert process.returncode == -signal.SIGKILL, f"{self.words[at]} ended by itself: {process.returncode}"
                self.deaths += 1
                self.running[at] = self.start(at, doomed=doomed and self.chance.random() < 0.5)

    def kill_one(self):
        """Kill one of them, whichever."""
        self.chance.choice(self.running).kill()

    def __exit__(self, *_):
        """End all in order."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait()


def free_port():
    """Give a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def hand_in(port, names, receipts, stop):
    """Hand in each file until there is a receipt of it."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for name in names:
            while name not in receipts and not stop.is_set():
                try:
                    answer = client.post("/api/ingest", files={"files": (name, LETTER.format(n=name[:-4]).encode(), "text/plain")})
                    if answer.status_code == 200 and answer.json()[0]["receipt"]:
                        receipts[name] = answer.json()[0]["receipt"]
                except httpx.TransportError:
                    time.sleep(0.1)


def rage(crew, port, *, files, kills, clients):
    """Let clients hand in so many files, and kill until it was often enough and all have a receipt; give the receipts by name."""
    receipts, stop = {}, threading.Event()
    names = [f"{number:04}.txt" for number in range(1, files + 1)]
    hands = [threading.Thread(target=hand_in, args=(port, names[at::clients], receipts, stop), daemon=True) for at in range(clients)]
    for hand in hands:
        hand.start()
    try:
        while crew.deaths < kills or any(hand.is_alive() for hand in hands):
            time.sleep(crew.chance.uniform(0.2, 1.5))
            if crew.deaths < kills and crew.chance.random() < 0.5:
                crew.kill_one()
            crew.revive(doomed=crew.deaths < kills)
    finally:
        stop.set()
    return receipts
