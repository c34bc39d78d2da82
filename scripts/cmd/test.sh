# shellcheck shell=bash
# ./qms test: the addons' tests inside Odoo and those of tests/ from outside, in pytest
# processes of their own (an Odoo loaded by the first would disturb the others), one result.

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
    [ ${#ADDON_PATHS[@]} = 0 ] || locked template make_test_database "$TEST_DATABASE" ''
    if [ ${#ADDON_PATHS[@]} = 0 ]; then
        run_outer_tests outer || status=$?
    elif [ ${#OUTER_PATHS[@]} = 0 ]; then
        run_addon_tests || status=$?
    else
        run_side_by_side || status=$?
    fi
    "$VENV/bin/python" "$SCRIPTS/pytest/closing_line.py" "$status" "$counts"/*
}

# Two processors, two halves: what uses the shared server and the browser, and all else,
# whose words are shown when the first half has ended.
run_side_by_side() {
    local status=0 other_status=0
    say "tests of the addons, and beside them those from outside (what the former say follows at the end)"
    # A process group of its own (-m), so that all of it can be stopped.
    set -m
    (trap - EXIT INT && run_without_server) >"$LOGS/test-other.log" 2>&1 3>&1 </dev/null &
    OTHER_TESTS=$!
    set +m
    at_exit stop_other_tests
    run_outer_tests server --qms-part=server || status=$?
    [ "$status" != 130 ] || return 130
    wait "$OTHER_TESTS" || other_status=$?
    OTHER_TESTS=''
    cat "$LOGS/test-other.log"
    [ "$other_status" = 0 ] || return "$other_status"
    return "$status"
}

# Interrupted: the other half must not go on alone.
stop_other_tests() { [ -z "$OTHER_TESTS" ] || kill -TERM -- "-$OTHER_TESTS" || true; }

run_without_server() {
    local status=0
    run_addon_tests || status=$?
    run_outer_tests other --qms-part=other || status=$?
    return "$status"
}

run_addon_tests() {
    say "tests of the addons"
    run_pytest "$counts/addons" "--odoo-database=$TEST_DATABASE" "--odoo-config=$CONFIG" --odoo-http "${ADDON_PATHS[@]}"
}

run_outer_tests() { # NAME PYTEST-OPTION...
    local name=$1
    shift
    say "tests from outside"
    run_pytest "$counts/$name" -p no:odoo "$@" "${OUTER_PATHS[@]}"
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
