# shellcheck shell=bash
# ./qms i18n: texts out of an Odoo with all addons, translations brought up to them.

cmd_i18n() {
    local database=qms_t_$$_i18n addons
    need_local
    prepare
    use_cluster test
    odoo_config test
    at_exit drop_test_databases $$
    locked template make_test_database "$database" ''
    say "exporting the texts"
    IFS=, read -ra addons <<<"$(all_addons)"
    (cd "$ROOT/addons" && mkdir -p "${addons[@]/%//i18n}")
    odoo_quiet "Exporting the texts" "$LOGS/i18n.log" i18n export -d "$database" -l pot -- "${addons[@]}"
    "$VENV/bin/python" "$SCRIPTS/tools/translations.py" update "$ROOT/addons" ||
        die "Russian or Ukrainian is not complete, as listed above: fill addons/*/i18n/*.po and run ./qms i18n again."
    say "translations are complete"
}
