"""A long process as a BPMN file: written with its drawing, read again; against reading its steps as the form does."""

import statistics
import time

from bench_process_map import LIST, STEPS, long_version
from measure import median_seconds

from odoo.addons.qms_core.lib import bpmn

LIMIT_MILLISECONDS = 150


def cpu_milliseconds(work, rounds=15):
    """Return what the work takes of the processor: a busy machine doesn't change that much."""
    spent = []
    for _round in range(rounds):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent) * 1000


def run(env):
    version = long_version(env)
    process = version._bpmn_process()
    xml = version.bpmn_xml
    written, queries = median_seconds(env, lambda: version.web_read({"bpmn_xml": {}}))
    parsed, parse_queries = median_seconds(env, lambda: version._bpmn_read(xml))
    saved, save_queries = median_seconds(env, lambda: version._bpmn_save(xml))
    read, read_queries = median_seconds(env, lambda: version.web_read({"step_ids": {"fields": LIST}}))
    return {
        "figures": {
            "steps": STEPS,
            "bytes": len(xml.encode()),
            "write_milliseconds": round(written * 1000, 1),
            "layout_and_file_cpu_milliseconds": round(cpu_milliseconds(lambda: bpmn.write(process)), 1),
            "layout_and_file_limit_milliseconds": LIMIT_MILLISECONDS,
            "parse_milliseconds": round(parsed * 1000, 1),
            "save_unchanged_milliseconds": round(saved * 1000, 1),
            "reading_milliseconds": round(read * 1000, 1),
        },
        "ratio": round(written / read, 2),
        "yardstick": "web_read of the same 150 steps for the form's list, same run",
        "queries": {"write": queries, "parse": parse_queries, "save": save_queries, "reading": read_queries},
    }
