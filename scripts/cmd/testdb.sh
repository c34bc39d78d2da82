# shellcheck shell=bash
# ./qms testdb NAME [--core|--city]: what a test does that wants a database of its own.

cmd_testdb() {
    local name=${1:-} kind=${2:-}
    need_local
    check_db_name "$name"
    case $kind in
        '' | --core | --city) ;;
        *) die "./qms testdb does not know \"$kind\"; ./qms help lists its options." ;;
    esac
    prepare
    use_cluster test
    odoo_config test
    locked template make_test_database "$name" "$kind"
}
