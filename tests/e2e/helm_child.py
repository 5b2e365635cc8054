"""A helm under a test's hand."""
import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from souk import expect, wait_for


class HelmChild:
    """A helm that soukd runs, stopped (SIGSTOP) by itself before it begins, so that no test has to be quick enough to see it."""

    caught_ones = []

    def __init__(self, pid):
        self.pid = pid
        self.caught_ones.append(self)

    @staticmethod
    def program(folder, path):
        """What soukd is to take for helm: helm itself, that first stops once for each release that has a file in `folder`."""
        folder.mkdir(parents=True)
        program = folder / "helm"
        program.write_text(f"""#!/bin/sh
helm={shutil.which("helm", path=path)}
for word; do
  if [ -f "{folder}/$word" ]; then rm "{folder}/$word"; kill -STOP $$; exec nice -n 19 "$helm" "$@"; fi
done
exec "$helm" "$@"
""")
        program.chmod(0o755)
        return program

    @classmethod
    def thaw_all(cls):
        """A story that failed half-way must not leave a stopped helm to the next one."""
        while cls.caught_ones:
            child = cls.caught_ones.pop()
            if child.alive():
                child.send(signal.SIGCONT)

    @staticmethod
    def stopped(soukd, release):
        """The pid of soukd's child that has the release among its words and is stopped."""
        for entry in os.listdir("/proc"):
            with contextlib.suppress(OSError):
                state, parent = Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()[:2]
                if state == "T" and parent == str(soukd.process.pid) and release.encode() in Path(f"/proc/{entry}/cmdline").read_bytes().split(b"\0"):
                    return int(entry)
        return None

    def send(self, number):
        os.kill(self.pid, number)

    def alive(self):
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        except OSError:
            return False

    def run_until(self, status, statuses):
        """Goes on for an instant at a time until `statuses`, Helm's records of the release, has this one; then it stands still."""
        def there():
            now = statuses()
            if status not in now:
                expect(self.alive(), f"helm ended before it was caught: {now}")
                self.send(signal.SIGCONT)
                time.sleep(0.01)
                self.send(signal.SIGSTOP)
            return status in now
        wait_for(f"a record that says {status}", there, 60, 0)
