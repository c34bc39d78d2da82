{
    "name": "Bare insert",
    "summary": "The least a public form can cost: the yardstick of bench_rating",
    "version": "19.0.1.0.0",
    "author": "QMS for Authorities contributors",
    "license": "LGPL-3",
    "depends": ["web"],
    "installable": True,
}
