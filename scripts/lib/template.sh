# shellcheck shell=bash
# The tests' prepared databases: one template for each state of the code, with all addons
# and languages, one with the core alone, on which it is built when there is nothing to derive
# it from, and one with the demo city, made when a test first asks for it.
# Tests work on copies, so a single test starts in seconds.

TEMPLATES_KEPT=2

template_name() { printf 'qms_tpl_%s' "$(printf '%s %s %s' "$ODOO_ID" "$LANGUAGES" "$(source_state sums)" | checksum)"; }
template_kin() { printf '%s %s %s' "$ODOO_ID" "$LANGUAGES" "$(source_state manifests)"; } # equal: one can be made of the other

# provide_template: sets TEMPLATE.
provide_template() {
    local kin previous made=qms_making_template
    TEMPLATE=$(template_name)
    ! db_exists "$TEMPLATE" || return 0
    need_space 1000
    db_drop "$made"
    kin=$(template_kin)
    previous=$(db_names '^qms_tpl_[0-9a-f]+$' | while read -r name; do
        [ "$(sql postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$name'")" != "$kin" ] || echo "$name"
    done | tail -n1)
    if [ -z "$previous" ] || ! derive_template "$previous" "$made"; then
        say "test database with all addons (once for each state of the code)"
        db_drop "$made"
        provide_core_template
        db_copy "$CORE_TEMPLATE" "$made"
        odoo_install "$made"
    fi
    sql postgres "COMMENT ON DATABASE $made IS '$kin'"
    db_rename "$made" "$TEMPLATE"
    drop_old_templates
}

# derive_template FROM TO: only the addons whose code differs are updated.
derive_template() {
    local changed log=$LOGS/derive-template.log
    db_copy "$1" "$2"
    changed=$(changed_addons "$2")
    if [ -n "$changed" ]; then
        say "test database: updating $changed"
        odoo_run -d "$2" -u "$changed" --i18n-overwrite --stop-after-init --no-http >"$log" 2>&1 &&
            ! grep -qE '^[0-9-]+ [0-9:,]+ [0-9]+ (CRITICAL|ERROR)' "$log" || return 1
        remember_sources "$2"
    fi
}

provide_core_template() { # sets CORE_TEMPLATE
    local made=qms_making_core
    CORE_TEMPLATE=${TEMPLATE}_core
    ! db_exists "$CORE_TEMPLATE" || return 0
    db_drop "$made"
    db_create "$made"
    odoo_install "$made" qms_core
    db_rename "$made" "$CORE_TEMPLATE"
}

provide_city_template() { # sets CITY_TEMPLATE
    local made=qms_making_city
    CITY_TEMPLATE=${TEMPLATE}_city
    ! db_exists "$CITY_TEMPLATE" || return 0
    db_drop "$made"
    db_copy "$TEMPLATE" "$made"
    load_city "$made"
    db_rename "$made" "$CITY_TEMPLATE"
    mv "$(logins_file "$made")" "$(logins_file "$CITY_TEMPLATE")"
}

drop_old_templates() {
    local name
    db_names '^qms_tpl_[0-9a-f]+$' | head -n -"$TEMPLATES_KEPT" | while read -r name; do
        db_drop "$name"
        db_drop "${name}_city"
        db_drop "${name}_core"
        rm -f "$(logins_file "${name}_city")"
    done
}

# make_test_database NAME KIND: a fresh copy; KIND is empty, --core or --city.
make_test_database() {
    provide_template
    db_drop "$1"
    case $2 in
        '') db_copy "$TEMPLATE" "$1" ;;
        --core)
            provide_core_template
            db_copy "$CORE_TEMPLATE" "$1"
            ;;
        --city)
            provide_city_template
            db_copy "$CITY_TEMPLATE" "$1"
            cp "$(logins_file "$CITY_TEMPLATE")" "$(logins_file "$1")"
            ;;
    esac
}

# Copies are named qms_t_PROCESS_…: those of processes that have ended are left-overs.
drop_test_databases() { # [PROCESS]
    local name process
    db_names '^qms_t_[0-9]+_' | while read -r name; do
        process=${name#qms_t_}
        process=${process%%_*}
        if [ "$process" = "${1:-}" ] || [ ! -d "/proc/$process" ]; then db_drop "$name"; fi
    done
}
