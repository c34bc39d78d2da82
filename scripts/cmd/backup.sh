# shellcheck shell=bash
# ./qms backup FILE: the database first, then its files: a file that came in between is
# surplus, never missing.

cmd_backup() {
    local file
    need_local
    take_db "$@"
    [ ${#REST[@]} = 1 ] || die "./qms backup needs one FILE to write to."
    file=$(realpath -m "${REST[0]}")
    [ -d "$(dirname "$file")" ] && [ -w "$(dirname "$file")" ] || die "Nothing can be written to $(dirname "$file"): name a file in a folder of your own."
    [ ! -e "$file" ] || die "$file is already there: name another file, or remove it."
    open_database
    say "backup of \"$DB\" to $file"
    at_exit rm -f "$file.part"
    "$VENV/bin/python" "$SCRIPTS/tools/backup.py" save "$DB" "$DATA_DIR/filestore/$DB" "$file.part" >"$LOGS/backup.log" 2>&1 ||
        explain "Backup" "$LOGS/backup.log" $?
    mv "$file.part" "$file"
    cat "$LOGS/backup.log"
}
