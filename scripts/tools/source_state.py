"""What state the addons' code is in, compared with what a database knows of it."""

import ast
import hashlib
import re
import sys
from pathlib import Path

# What an installed database does not depend on: changing it needs no update.
OUTSIDE = re.compile(r"(^|/)(tests|readme|__pycache__)/|^static/(src|lib|tests)/|\.(pyc|pot)$")


def addons(folder):
    return sorted(manifest.parent for manifest in Path(folder).glob("*/__manifest__.py"))


def manifest_version(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text())["version"]


def source_sum(addon):
    """Checksum of all files of an addon that its installed state depends on."""
    digest = hashlib.sha256()
    for path in sorted(addon.rglob("*")):
        name = path.relative_to(addon).as_posix()
        if path.is_file() and not OUTSIDE.search(name):
            digest.update(f"{name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def version_key(version):
    return tuple(int(part) for part in re.findall(r"\d+", version))


def newer_addons(folder, lines):
    """Addons whose version in the database (lines of "name|version") is above the code's."""
    ours = {addon.name: manifest_version(addon) for addon in addons(folder)}
    for line in lines:
        name, _, version = line.strip().partition("|")
        if name in ours and version_key(version) > version_key(ours[name]):
            yield f"{name} {version}, here {ours[name]}"


def main(folder, what):
    if what == "sums":
        for addon in addons(folder):
            print(addon.name, source_sum(addon))
    elif what == "manifests":
        texts = [(addon / "__manifest__.py").read_bytes() for addon in addons(folder)]
        print(hashlib.sha256(b"\0".join(texts)).hexdigest()[:16])
    elif what == "newer":
        print("; ".join(newer_addons(folder, sys.stdin)))
    else:
        sys.exit(f"unknown: {what}")


if __name__ == "__main__":
    main(*sys.argv[1:])
