# shellcheck shell=bash
# ./qms restore FILE: into a database of another name, neutralised (no mail leaves, no
# job runs, no webhook is called), and the checksum chain of what is frozen verified.

cmd_restore() {
    local file target new problems status=0
    need_local
    target=
    take_db "$@"
    [ ${#REST[@]} = 1 ] || die "./qms restore needs one FILE to read."
    file=$(realpath -m "${REST[0]}")
    [ -r "$file" ] || die "There is no backup $file to read."
    prepare
    use_cluster main
    odoo_config odoo
    scratch_folder RESTORED
    need_space $((3 * $(du -m "$file" | cut -f1) + 300))
    say "checking $file"
    "$VENV/bin/python" "$SCRIPTS/tools/backup.py" open "$file" "$RESTORED" >"$LOGS/restore.log" 2>&1 ||
        die "$file is damaged or no backup of ./qms ($(tail -n1 "$LOGS/restore.log")): take another one."
    case " $* " in
        *" --db "*) target=$DB ;;
        *) target=$(cat "$RESTORED/database.name")_restored ;;
    esac
    check_db_name "$target"
    ! db_exists "$target" || die "The database \"$target\" is already there: name another by --db."
    locked "db-$target" restore_database "$target"
    say "database \"$target\" is restored, with mail, jobs and webhooks off; ./qms run --db $target opens it"
    say "verifying the frozen records"
    odoo_script "$target" verify.py >"$LOGS/verify.log" 2>"$LOGS/verify.err" || status=$?
    cat "$LOGS/verify.log"
    [ "$status" != 0 ] || return 0
    [ -s "$LOGS/verify.log" ] || explain "Verifying the frozen records" "$LOGS/verify.err" "$status"
    die "The restored database shows changes to frozen records, listed above: compare with an older backup."
}

restore_database() { # TARGET
    local new=${1}__new
    db_drop "$new"
    db_create "$new"
    say "database \"$1\""
    pg_restore --no-owner --no-privileges --exit-on-error -d "$new" "$RESTORED/database.dump" >"$LOGS/restore.log" 2>&1 ||
        explain "Restoring the database" "$LOGS/restore.log" $?
    check_db_version "$new"
    mv "$RESTORED/filestore" "$DATA_DIR/filestore/$new"
    odoo_quiet "Neutralising the database" "$LOGS/neutralize.log" neutralize -d "$new"
    # It is another database now, not the one whose name and marks it carries.
    sql "$new" "UPDATE ir_config_parameter SET value = gen_random_uuid()::text WHERE key = 'database.uuid'"
    db_rename "$new" "$1"
}
