"""What was said and run while a test went on: soukd's answers and the command lines of every process."""
import json
import os
import threading
import time
from pathlib import Path

from contract import Contract
from souk import Soukd


class WatchedSoukd(Soukd):
    """Compares every answer with the contract, and remembers every one but the reveal: no secret may be in them."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.answers = []
        self.contract = Contract()

    def request(self, method, path, body=None, headers=None, token=True):
        status, answered, document = super().request(method, path, body, headers, token)
        self.contract.check_answer(method, path, body, status, answered, document)
        if not path.endswith("/credentials"):
            self.answers.append(f"{path} {answered} {document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)}")
        return status, answered, document


class Commands(threading.Thread):
    """Looks at the command lines of all processes of this machine, those in pods of a real box among them, over and over."""

    def __init__(self, pause=0.02, again=None):
        """A process that is older than 2 s is looked at every `again` seconds: some write over their command line late (PostgreSQL)."""
        super().__init__(daemon=True)
        self.pause, self.again = pause, again
        self.seen, self.helm_seen, self.stop_now = set(), 0, threading.Event()

    def run(self):
        known, whole = {}, time.monotonic()
        while not self.stop_now.wait(self.pause):
            now = time.monotonic()
            everything = self.again is not None and now - whole > self.again
            whole = now if everything else whole
            pids = [name for name in os.listdir("/proc") if name.isdigit()]
            for pid in pids:
                if now - known.setdefault(pid, now) > 2 and not everything:
                    continue  # a process changes its command line only right after its start (fork, then exec)
                try:
                    line = Path(f"/proc/{pid}/cmdline").read_bytes()
                except OSError:
                    continue
                if line and line not in self.seen:
                    self.seen.add(line)
                    self.helm_seen += b"--reset-values" in line
            known = {pid: known[pid] for pid in pids}

    def saw(self, *words):
        """Some command line holds all of the words."""
        return any(all(word in line for word in words) for line in list(self.seen))
