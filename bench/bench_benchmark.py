"""One indicator of 60 authorities over two years: the page of one of them, and of who may read all."""

from dateutil.relativedelta import relativedelta
from measure import median_seconds

AUTHORITIES, PERIODS = 60, 24
LIMIT_QUERIES = 10


def add_authorities(env):
    """Give each authority the indicator with its values; return the companies, the current one first."""
    others = env["res.company"].create([{"name": f"Bench {number}"} for number in range(AUTHORITIES - 1)])
    companies = env.company | others
    indicators = env["qms.indicator"].create(
        [
            {"name": "Bench", "code": "BENCH", "company_id": company.id, "period": "month", "benchmark": True}
            for company in companies
        ]
    )
    current = env.company._qms_today().replace(day=1)
    env["qms.measurement"].create(
        [
            {
                "indicator_id": indicator.id,
                "date": current - relativedelta(months=month),
                "value": 80 + (number * 7 + month * 3) % 20 + number / 100,
            }
            for number, indicator in enumerate(indicators)
            for month in range(1, PERIODS + 1)
        ]
    )
    env.flush_all()
    return companies


def run(env):
    companies = add_authorities(env)
    users = env["res.users"].create(
        [
            {"name": name, "login": name, "company_id": env.company.id, "company_ids": [(6, 0, allowed.ids)]}
            for name, allowed in (("bench_city", env.company), ("bench_region", companies))
        ]
    )
    context = {"allowed_company_ids": env.company.ids}
    city, region = (env["qms.benchmark"].with_context(**context).with_user(user) for user in users)
    page = region.get_page("BENCH")
    assert (page["total"], len(page["rows"])) == (AUTHORITIES, AUTHORITIES)
    own_seconds, own_queries = median_seconds(env, lambda: city.get_page("BENCH"))
    all_seconds, all_queries = median_seconds(env, lambda: region.get_page("BENCH"))
    values = env["qms.measurement"].search([("indicator_id.code", "=", "BENCH")])
    read, read_queries = median_seconds(env, lambda: values.read(["indicator_id", "date", "value"], load=None))
    return {
        "figures": {
            "authorities": AUTHORITIES,
            "periods": PERIODS,
            "milliseconds_city": round(own_seconds * 1000, 1),
            "milliseconds_region": round(all_seconds * 1000, 1),
            "limit_queries": LIMIT_QUERIES,
        },
        "ratio": round(all_seconds / read, 2),
        "yardstick": f"read of the same {AUTHORITIES * PERIODS} values, same run",
        "queries": {"city": own_queries, "region": all_queries, "reading": read_queries},
    }
