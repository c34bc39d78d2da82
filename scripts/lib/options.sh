# shellcheck shell=bash
# Options shared by several commands.

# take_db ARGUMENTS...: sets DB from --db NAME and REST to the other arguments.
take_db() {
    DB=$DEFAULT_DB
    REST=()
    while [ $# -gt 0 ]; do
        if [ "$1" = --db ]; then
            DB=${2:-}
            check_db_name "$DB"
            shift
        else
            REST+=("$1")
        fi
        shift
    done
}

# open_database: set up, cluster running, DB there and fit for this code.
open_database() {
    prepare
    use_cluster main
    odoo_config odoo
    db_exists "$DB" || die "There is no database \"$DB\": ./qms run --db $DB makes it."
    check_db_version "$DB"
}

# need_stopped DOING: no server of ours uses the database.
need_stopped() {
    local process db
    process=$(running_server)
    [ -n "$process" ] || return 0
    read -r _ _ db _ <"$SERVER_FILE"
    [ "$db" != "$DB" ] || die "The server is running on \"$DB\": stop it before $1 (./qms stop, or Ctrl-C where it runs)."
}
