# shellcheck shell=bash
# ./qms test: the addons' tests inside Odoo and those of tests/ from outside, in pytest
# processes of their own (an Odoo loaded by the first would disturb the others), one result.

cmd_test() {
    local fast='' argument parts=(office)
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
    if [ -n "$fast" ]; then PYTEST_OPTIONS+=(--qms-fast); else parts+=(browser lint_node); fi
    need_local
    prepare test_python
    use_cluster test
    odoo_config test
    drop_test_databases
    at_exit drop_test_databases $$
    [ ${#ADDON_PATHS[@]} = 0 ] || make_template_meanwhile
    prepare "${parts[@]}"
    [ ${#ADDON_PATHS[@]} = 0 ] || wait "$TEMPLATE_MAKER"
    run_tests
}

# To fetch LibreOffice, a browser and linters takes the network, to make the database a processor.
make_template_meanwhile() {
    set -m
    (trap - EXIT INT && locked template provide_template) </dev/null &
    TEMPLATE_MAKER=$!
    set +m
    at_exit stop_group "$TEMPLATE_MAKER"
}

# Interrupted: what works beside this process must not go on alone.
stop_group() { ! jobs -p | grep -qx "$1" || kill -TERM -- "-$1" || true; }

run_tests() {
    local status=0 counts
    scratch_folder counts
    TEST_DATABASE=qms_t_$$_addons
    [ ${#ADDON_PATHS[@]} = 0 ] || locked template make_test_database "$TEST_DATABASE" ''
    if [ ${#ADDON_PATHS[@]} = 0 ]; then
        run_outer_tests outer "${OUTER_PATHS[@]}" || status=$?
    elif [ ${#OUTER_PATHS[@]} = 0 ]; then
        run_addon_tests || status=$?
    else
        run_side_by_side || status=$?
    fi
    "$VENV/bin/python" "$SCRIPTS/pytest/closing_line.py" "$status" "$counts"/*
}

# Two processors, two lanes: here what uses the shared server and the browser, in the background
# the addons; whichever ends first goes on with the other files of tests/, one after the other.
# What the background has said is shown at the end.
run_side_by_side() {
    local status=0 other_status=0
    say "tests from outside, and beside them those of the addons (what these say follows at the end)"
    queue_outer_files
    # A process group of its own (-m), so that all of it can be stopped.
    set -m
    (trap - EXIT INT && lane run_addon_tests) >"$LOGS/test-other.log" 2>&1 3>&1 </dev/null &
    OTHER_TESTS=$!
    set +m
    at_exit stop_group "$OTHER_TESTS"
    lane run_outer_tests server --qms-part=server "${OUTER_PATHS[@]}" || status=$?
    [ "$status" != 130 ] || return 130
    wait "$OTHER_TESTS" || other_status=$?
    cat "$LOGS/test-other.log"
    [ "$other_status" = 0 ] || return "$other_status"
    return "$status"
}

lane() { # COMMAND...: it, then what is in the queue; the last status that is not 0
    local status=0 paths failed
    "$@" || status=$?
    while [ "$status" != 130 ] && IFS=$'\t' read -ra paths < <(next_in_queue); do
        failed=0
        run_outer_tests "other-$(printf %s "${paths[*]}" | checksum)" --qms-part=other "${paths[@]}" || failed=$?
        [ "$failed" = 0 ] || status=$failed
    done
    return "$status"
}

# Files with tests that do not use the shared server, in QUEUE; a test that was named stays as it was named.
# Those of ./qms itself are one entry: a folder has one server, which two at once would both start.
queue_outer_files() {
    scratch_folder QUEUE
    if [ "${OUTER_PATHS[*]}" != tests ]; then
        printf '%s\n' "${OUTER_PATHS[@]}"
    else
        run_pytest "$QUEUE/counts" -p no:odoo --qms-part=other --collect-only -q tests | sed -n 's/^\([^ ]*\.py\)::.*/\1/p' | uniq
    fi | awk '/test_qms_/ {own = own $0 "\t"; next} {print} END {if (own) print own}' >"$QUEUE/files"
}

next_in_queue() {
    exec 9>"$QUEUE/lock"
    flock 9
    head -n1 "$QUEUE/files"
    sed -i 1d "$QUEUE/files"
    exec 9>&-
}

run_addon_tests() {
    say "tests of the addons"
    run_pytest "$counts/addons" "--odoo-database=$TEST_DATABASE" "--odoo-config=$CONFIG" --odoo-http "${ADDON_PATHS[@]}"
}

run_outer_tests() { # NAME PYTEST-ARGUMENT...
    local name=$1
    shift
    say "tests from outside"
    run_pytest "$counts/$name" -p no:odoo "$@"
}

run_pytest() { # COUNTS-FILE PYTEST-ARGUMENTS...
    local counts=$1 status=0
    shift
    : >"$counts"
    # What tests/conftest.py needs to start a server of its own.
    odoo_environment "QMS_TEST_PREFIX=qms_t_$$" "QMS_CONFIG=$CONFIG" "QMS_DATA=$DATA_DIR" "QMS_LOG=$LOGS" \
        "QMS_LOCAL=$LOCAL" "QMS_BROWSER=${BROWSER:-}" "QMS_OFFICE=$OFFICE" "PYTHONPATH=$SCRIPTS/pytest"
    (cd "$ROOT" && env "${ODOO_ENV[@]}" "$VENV/bin/python" -m pytest -p qms_pytest "--qms-counts=$counts" \
        -o "cache_dir=$LOCAL/pytest-cache" "$@" "${PYTEST_OPTIONS[@]}") || status=$?
    # No test chosen in this part: the other part may have some.
    [ "$status" != 5 ] || status=0
    return "$status"
}
