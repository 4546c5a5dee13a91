"""How programs are run whose cost is measured."""
import os
import subprocess
import sys
import time


def usage_of(command, stdin=None, stdout=None):
    """Runs a program to its end; seconds, seconds of processor time, and the most memory that it had, in mebibytes."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE if stdin else None, stdout=stdout)
    if stdin:
        process.stdin.write(stdin.encode())
        process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: failed with status {status}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
