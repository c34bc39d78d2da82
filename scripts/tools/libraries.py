"""Copy front-end libraries from node_modules into the addons' static/lib folders.

The table (libraries.json) is a list of objects:

    {"addon": "qms_core", "package": "some-library", "files": {"dist/some.min.js": "some.min.js"},
     "licence": "LICENSE"}

"files" leads from a path inside the package to a path inside the addon's
static/lib/<package>/; the licence is copied beside them and is obligatory. The folders are git-ignored
and made anew by the set-up, the Docker build and the packaging of wheels.
"""

import json
import shutil
import sys
from pathlib import Path


def targets(entry, addons):
    """Pairs (path inside the package, path to copy it to) of one row, the licence among them."""
    folder = Path(addons, entry["addon"], "static", "lib", entry["package"])
    files = {**entry["files"], entry["licence"]: Path(entry["licence"]).name}
    return [(source, folder / target) for source, target in files.items()]


def copy(table, addons, node_modules):
    """Copy every row; a missing source stops with one sentence before anything is removed."""
    for entry in table:
        package = Path(node_modules, entry["package"])
        for source, _target in targets(entry, addons):
            if not (package / source).is_file():
                sys.exit(f"The npm package {entry['package']} has no file {source}: correct libraries.json.")
    for entry in table:
        shutil.rmtree(Path(addons, entry["addon"], "static", "lib", entry["package"]), ignore_errors=True)
    for entry in table:
        for source, target in targets(entry, addons):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(node_modules, entry["package"], source), target)


def main(what, table, addons=None, node_modules=None):
    table = json.loads(Path(table).read_text())
    if what == "count":
        print(len(table))
    elif what == "present":
        missing = [target for entry in table for _source, target in targets(entry, addons) if not target.is_file()]
        sys.exit(1 if missing else 0)
    elif what == "copy":
        copy(table, addons, node_modules)


if __name__ == "__main__":
    main(*sys.argv[1:])
