"""Checks on the repository as a whole that no linter makes: prints what it finds."""

import re
import subprocess
import sys
from pathlib import Path

MAX_LINES = 500
CODE = {".py", ".js", ".xml", ".scss", ".sh", ".css"}
# Written in parts, as this file is searched too. Where packages come from is a setting of
# the machine: a name written down here would break mirrors and closed networks.
HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npm" + "js",
    "registry.yarn" + "pkg",
    "deb.debian" + ".org",
    "security.debian" + ".org",
    "githubusercontent" + ".com",
    "nightly.odoo" + ".com",
]
WORDS = [r"\bTODO" + r"\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b", "/work/" + r"(main|shared)\b", r"\bissue #?" + r"\d"]


def files(root):
    """Files that are, or would be, committed."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    return [root / name for name in sorted(set(names.split("\0"))) if name and (root / name).is_file()]


def findings(path, text):
    """Yield one sentence for each thing that does not belong into a file of this name."""
    for host in HOSTS:
        if host in text:
            yield f"names the download host {host}: leave the address to the machine's settings"
    if path.suffix in CODE | {".md", ".yml", ".toml", ".txt"} or not path.suffix:
        for word in WORDS:
            if found := re.search(word, text):
                yield f'line {text.count(chr(10), 0, found.start()) + 1}: holds "{found.group()}"'
    if path.suffix in CODE and text.count("\n") > MAX_LINES:
        yield f"has more than {MAX_LINES} lines: divide it"


def main():
    root = Path(__file__).parents[2]
    number = 0
    for path in files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for finding in findings(path, text):
            number += 1
            print(f"{path.relative_to(root)}: {finding}")
    return 1 if number else 0


if __name__ == "__main__":
    sys.exit(main())
