# shellcheck shell=bash

cmd_help() {
    case ${1:-} in
        '') show_help ;;
        trace) show_trace ;;
        *) die "There is no help on \"$1\"; ./qms help lists the commands." ;;
    esac
}

show_help() {
    cat <<HELP
./qms COMMAND

  run        start the server here; Ctrl-C stops it. Sets up what is missing.
             --port N (8069)  --db NAME ($DEFAULT_DB)  --demo city|none (city in a new database)  --detach
  stop       stop a server that was started with --detach
  test       run every test; [PATH or pytest options] chooses, --fast leaves out the browser
  lint       run all linters; --fix corrects what they can correct
  shell      Odoo's Python shell on the database (--db NAME); reads a script from standard input
  update     load changed code and data of [ADDON] or all addons into the database (--db NAME)
  backup     FILE: database and files into one file (--db NAME)
  restore    FILE: into another database (--db NAME), with mail, jobs and webhooks off
  bench      run all benchmarks of bench/ or the one of [NAME]
  testdb     NAME [--core|--city]: a fresh copy of the tests' prepared database (tests use it)
  i18n       export texts, update translations, fail on missing ones
  reset      delete database and test data; --all the whole set-up; --yes does not ask
  help       this text; help trace: how many requirements are answered

Environment
  QMS_ODOO=/path       an Odoo 19 that is already there, instead of Debian's package
  PGHOST PGPORT PGUSER PGPASSWORD   a PostgreSQL server instead of a private one
  PYTHON=python3.12    the interpreter to use (3.10 to 3.13)
  QMS_LOCAL=/path      where everything is made, instead of .local
  QMS_OUTSIDE=1        let the server call services of the outside
HELP
}

# docs/traceability.csv: a row is answered when it names a test.
show_trace() {
    need_local
    check_python
    [ -r "$ROOT/docs/traceability.csv" ] || die "There is no docs/traceability.csv."
    "$PYTHON" "$SCRIPTS/tools/traceability.py" "$ROOT/docs/traceability.csv"
}
