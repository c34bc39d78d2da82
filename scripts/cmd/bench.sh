# shellcheck shell=bash
# ./qms bench [NAME]: each benchmark on its own fresh copy of the tests' database.

cmd_bench() {
    local name=${1:-} file database=qms_t_$$_bench found=
    need_local
    case $name in *[!a-z0-9_]*) die "\"$name\" is no name of a benchmark: see bench/." ;; esac
    [ -z "$name" ] || [ -r "$ROOT/bench/bench_$name.py" ] || die "There is no bench/bench_$name.py."
    prepare
    use_cluster test
    odoo_config test
    at_exit drop_test_databases $$
    for file in "$ROOT"/bench/bench_${name:-*}.py; do
        [ -r "$file" ] || continue
        found=yes
        locked template make_test_database "$database" ''
        odoo_environment "BENCH=$file" "PYTHONPATH=$ROOT/bench"
        env "${ODOO_ENV[@]}" "$VENV/bin/odoo" shell -c "$CONFIG" -d "$database" --no-http --log-level error <"$ROOT/bench/run.py"
    done
    [ -n "$found" ] || say "there are no benchmarks in bench/"
}
