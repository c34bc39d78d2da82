# shellcheck shell=bash

cmd_shell() {
    need_local
    take_db "$@"
    open_database
    odoo_run shell -d "$DB" --no-http --log-level warn "${REST[@]}"
}
