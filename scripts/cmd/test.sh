# shellcheck shell=bash
# ./qms test: the addons' tests inside Odoo, then those of tests/ from outside, in two
# pytest processes (an Odoo loaded by the first would disturb the second), one result.

cmd_test() {
    local fast='' argument parts=(test_python)
    ADDON_PATHS=() OUTER_PATHS=() PYTEST_OPTIONS=()
    for argument in "$@"; do
        case ${argument%%::*} in
            --fast) fast=yes && continue ;;
            addons | addons/* | ./addons/* | "$ROOT"/addons/*) ADDON_PATHS+=("$argument") && continue ;;
            tests | tests/* | ./tests/* | "$ROOT"/tests/*) OUTER_PATHS+=("$argument") && continue ;;
        esac
        PYTEST_OPTIONS+=("$argument")
    done
    for argument in "${ADDON_PATHS[@]}" "${OUTER_PATHS[@]}"; do
        [ -e "${argument%%::*}" ] || [ -e "$ROOT/${argument%%::*}" ] || die "There is no ${argument%%::*} to test."
    done
    if [ ${#ADDON_PATHS[@]} = 0 ] && [ ${#OUTER_PATHS[@]} = 0 ]; then
        ADDON_PATHS=(addons)
        OUTER_PATHS=(tests)
    fi
    if [ -n "$fast" ]; then PYTEST_OPTIONS+=(--qms-fast); else parts+=(browser); fi
    need_local
    prepare "${parts[@]}"
    use_cluster test
    odoo_config test
    drop_test_databases
    at_exit drop_test_databases $$
    run_tests
}

run_tests() {
    local status=0 counts
    scratch_folder counts
    TEST_DATABASE=qms_t_$$_addons
    if [ ${#ADDON_PATHS[@]} -gt 0 ]; then
        locked template make_test_database "$TEST_DATABASE" ''
        say "tests of the addons"
        run_pytest "$counts/addons" "--odoo-database=$TEST_DATABASE" "--odoo-config=$CONFIG" --odoo-http "${ADDON_PATHS[@]}" || status=$?
    fi
    if [ ${#OUTER_PATHS[@]} -gt 0 ] && [ "$status" != 130 ]; then
        say "tests from outside"
        run_pytest "$counts/outer" -p no:odoo "${OUTER_PATHS[@]}" || status=$?
    fi
    "$VENV/bin/python" "$SCRIPTS/pytest/closing_line.py" "$status" "$counts"/*
}

run_pytest() { # COUNTS-FILE PYTEST-ARGUMENTS...
    local counts=$1 status=0
    shift
    : >"$counts"
    # What tests/conftest.py needs to start a server of its own.
    odoo_environment "QMS_TEST_PREFIX=qms_t_$$" "QMS_CONFIG=$CONFIG" "QMS_DATA=$DATA_DIR" "QMS_LOG=$LOGS" \
        "QMS_LOCAL=$LOCAL" "QMS_BROWSER=${BROWSER:-}" "PYTHONPATH=$SCRIPTS/pytest"
    (cd "$ROOT" && env "${ODOO_ENV[@]}" "$VENV/bin/python" -m pytest -p qms_pytest "--qms-counts=$counts" \
        -o "cache_dir=$LOCAL/pytest-cache" "$@" "${PYTEST_OPTIONS[@]}") || status=$?
    # No test chosen in this part: the other part may have some.
    [ "$status" != 5 ] || status=0
    return "$status"
}
