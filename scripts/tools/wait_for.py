"""Wait until an address answers; stop when the process that serves it has ended.

wait_for.py URL PROCESS SECONDS: exit status 0 when it answered below 500, else 1.
"""

import sys
import time
import urllib.error
import urllib.request


def alive(process):
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def answers(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=30).close()
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True


def main(url, process, seconds):
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        if not alive(process):
            return 1
        if answers(url):
            return 0
        time.sleep(0.1)
    print(f"{url} did not answer within {seconds} s", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
