# shellcheck shell=bash
# Databases of the cluster in use, each with its folder of files (filestore).

check_db_name() {
    case $1 in
        '' | *[!a-z0-9_]* | [!a-z]*) die "\"$1\" is no name for a database: use small letters, digits and _, a letter first." ;;
    esac
}

sql() { psql -d "$1" -v ON_ERROR_STOP=1 -Atqc "$2"; } # DATABASE STATEMENT

db_exists() { [ -n "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" ]; }
db_names() { sql postgres "SELECT datname FROM pg_database WHERE datname ~ '$1' ORDER BY oid"; } # PATTERN, oldest first

db_create() { createdb -T template0 -E UTF8 --lc-collate=C "$1"; }

db_drop() {
    dropdb --if-exists --force "$1" 2>/dev/null || dropdb --if-exists "$1"
    rm -rf "$DATA_DIR/filestore/$1"
}

db_copy() { # FROM TO
    local strategy=()
    # Copying files beats copying through the log where a crash may lose it all.
    [ "$(sql postgres 'SHOW server_version_num')" -lt 150000 ] || strategy=(--strategy=FILE_COPY)
    createdb -T "$1" "${strategy[@]}" "$2"
    rm -rf "$DATA_DIR/filestore/$2"
    [ ! -d "$DATA_DIR/filestore/$1" ] || cp -r --reflink=auto "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
}

# db_rename FROM TO: the last act of making a database; TO does not exist.
db_rename() {
    # Files without a database: somebody dropped it by hand.
    [ ! -d "$DATA_DIR/filestore/$2" ] || mv "$DATA_DIR/filestore/$2" "$DATA_DIR/filestore/$2.orphan-$(date +%s)"
    [ ! -d "$DATA_DIR/filestore/$1" ] || mv "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
    sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
}

# What the code of each addon was when a database was last updated lies in the database.
SUM_KEY=qms.source
remember_sources() { # DATABASE
    source_state sums | while read -r addon sum; do
        printf "INSERT INTO ir_config_parameter (key, value, create_date) VALUES ('%s.%s', '%s', now())
            ON CONFLICT (key) DO UPDATE SET value = excluded.value;\n" "$SUM_KEY" "$addon" "$sum"
    done | psql -q -d "$1" -v ON_ERROR_STOP=1
}

# changed_addons DATABASE: installed ones whose code differs, with commas between.
changed_addons() {
    join <(source_state sums | sort) <(sql "$1" "
        SELECT m.name || ' ' || coalesce(p.value, '-') FROM ir_module_module m
        LEFT JOIN ir_config_parameter p ON p.key = '$SUM_KEY.' || m.name
        WHERE m.state IN ('installed', 'to upgrade')" | sort) | awk '$2 != $3 {print $1}' | paste -sd,
}

# check_db_version DATABASE: made by this Odoo and by addons that are not newer than ours.
check_db_version() {
    local base newer
    base=$(sql "$1" "SELECT latest_version FROM ir_module_module WHERE name = 'base'" 2>/dev/null) ||
        die "The database \"$1\" is not one of Odoo's: name another by --db."
    case $base in
        19.0.*) ;;
        *) die "The database \"$1\" belongs to Odoo ${base:-of an unknown version} and this is 19.0: name another by --db, or upgrade it with Odoo's own upgrade first." ;;
    esac
    newer=$(sql "$1" "SELECT name, latest_version FROM ir_module_module WHERE state IN ('installed', 'to upgrade')" | source_state newer)
    [ -z "$newer" ] || die "The database \"$1\" was made by newer code ($newer): take that version of the code, or name another database by --db."
}
