# Run in Odoo's shell by ./qms bench, on a fresh copy of the tests' database: loads the
# benchmark named by $BENCH (bench/bench_NAME.py), calls its ``run(env) -> dict`` and prints
# one line of JSON. Of the dict, "figures" (measured numbers with their unit in the name),
# "ratio" (to the yardstick), "yardstick" (what that is) and "queries" are obligatory, so
# that results can be compared between machines: seconds can't, ratios can.
import importlib.util
import json
import os
import sys
from pathlib import Path

KEYS = ("figures", "ratio", "yardstick", "queries")


def load(path):
    specification = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


path = Path(os.environ["BENCH"])
result = load(path).run(env)
missing = [key for key in KEYS if key not in result]
if missing:
    sys.exit(f"{path.name} returns no {', '.join(missing)}")
line = {"name": path.stem.removeprefix("bench_"), **{key: result[key] for key in KEYS}}
print(json.dumps(line, ensure_ascii=False))
sys.stdout.flush()
env.cr.rollback()
