# shellcheck shell=bash

cmd_update() {
    local addons
    need_local
    take_db "$@"
    addons=${REST[0]:-$(all_addons)}
    [ ${#REST[@]} -le 1 ] || die "./qms update takes one addon, or none for all."
    [ -z "${REST[0]:-}" ] || [ -r "$ROOT/addons/$addons/__manifest__.py" ] || die "There is no addon \"$addons\": choose one of $(all_addons)."
    need_stopped "an update"
    open_database
    say "database \"$DB\": updating $addons"
    odoo_quiet "Updating the database" "$LOGS/update-$DB.log" -d "$DB" -u "$addons" --stop-after-init --no-http
    remember_sources "$DB"
}
