"""What the benchmarks share: time and queries of a piece of work, and the yardstick's model."""

import statistics
import time
from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields, models
from odoo.sql_db import Cursor


class Yardstick(models.Model):
    """The least a record with a chatter can be: what ours is compared with."""

    __module__ = "odoo.addons.qms_core.bench"  # Odoo takes models from addons only
    _name = "bench.yardstick"
    _description = "Bare record with a thread"
    _inherit = ["mail.thread"]

    name = fields.Char()
    company_id = fields.Many2one("res.company")


def add_yardstick(env):
    """Add the yardstick's model to the registry of this process and return it."""
    from odoo.orm.model_classes import add_to_registry

    registry = env.registry
    add_to_registry(registry, Yardstick)
    registry._setup_models__(env.cr, ["bench.yardstick"])
    registry.init_models(env.cr, ["bench.yardstick"], {"models_to_check": True})
    return env["bench.yardstick"]


@contextmanager
def measured(env):
    """Measure the body: yields a dict that holds ``seconds`` and ``queries`` afterwards."""
    env.flush_all()
    result = {}
    queries, started = env.cr.sql_log_count, time.perf_counter()
    yield result
    env.flush_all()
    result["seconds"] = time.perf_counter() - started
    result["queries"] = env.cr.sql_log_count - queries


@contextmanager
def reading(env):
    """Count what the body asks the database for, besides writing: yields a dict that holds ``reads`` afterwards."""
    env.flush_all()
    result, execute = {"reads": 0}, Cursor.execute

    def counting(cursor, query, *args, **kwargs):
        result["reads"] += str(getattr(query, "code", query)).lstrip().startswith("SELECT")
        return execute(cursor, query, *args, **kwargs)

    with patch.object(Cursor, "execute", counting):
        yield result
        env.flush_all()


def create_in_batches(env, model, make_vals, count, size=100, then=None):
    """Create ``count`` records in batches, everything flushed; return what ``measured`` gives.

    :param str then: a method that each batch is called with
    """
    with measured(env) as result:
        for start in range(0, count, size):
            records = model.create([make_vals(index) for index in range(start, start + size)])
            if then:
                getattr(records, then)()
            env.flush_all()
            env.invalidate_all()
    return result


def median_seconds(env, work, rounds=9):
    """Run ``work()`` with cold caches several times; return median seconds and the queries of the last run."""
    seconds, queries = [], 0
    for _round in range(rounds):
        env.invalidate_all()
        with measured(env) as result:
            work()
        seconds.append(result["seconds"])
        queries = result["queries"]
    return statistics.median(seconds), queries
