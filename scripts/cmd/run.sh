# shellcheck shell=bash
# ./qms run: from nothing, or from what is there, to a server that answers.

cmd_run() {
    local port=8069 db=$DEFAULT_DB demo='' detach=
    while [ $# -gt 0 ]; do
        case $1 in
            --port) port=${2:?"--port needs a number"}; shift ;;
            --db) db=${2:?"--db needs a name"}; shift ;;
            --demo) demo=${2:?"--demo needs city or none"}; shift ;;
            --detach) detach=yes ;;
            *) die "./qms run does not know \"$1\"; ./qms help lists its options." ;;
        esac
        shift
    done
    check_run_options "$port" "$db" "$demo"
    need_local
    end_server_without_cluster
    check_port "$port"
    [ -z "$(running_server)" ] || die "A server of this folder is already running: stop it with ./qms stop or Ctrl-C where it runs."
    prepare
    use_cluster main
    odoo_config odoo
    locked "db-$db" provide_database "$db" "$demo"
    check_port "$port"
    start_server "$port" "$db"
    print_access "$port" "$db"
    if [ -n "$detach" ]; then leave_server; else attend_server; fi
}

check_run_options() { # PORT DB DEMO
    case $1 in
        *[!0-9]* | '') die "\"$1\" is no port: give a number from 1024 to 65535." ;;
    esac
    [ "$1" -ge 1 ] && [ "$1" -le 65535 ] || die "\"$1\" is no port: give a number from 1024 to 65535."
    [ "$1" -ge 1024 ] || [ "$(id -u)" = 0 ] || die "Port $1 may only be opened by root: give a number from 1024 to 65535."
    check_db_name "$2"
    case $3 in
        city | none | '') ;;
        *) die "There is no demo \"$3\": choose city or none." ;;
    esac
}

check_port() {
    if (exec 4<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
        if [ -n "$(running_server)" ] && [ "$(cut -d' ' -f2 "$SERVER_FILE")" = "$1" ]; then
            die "The server is already running at http://127.0.0.1:$1: open it, or stop it with ./qms stop or Ctrl-C where it runs."
        fi
        die "Port $1 is taken by another program: stop that, or choose another port with ./qms run --port N."
    fi
}

# provide_database DB DEMO: it is there afterwards, whole and at the state of the code. The
# demo city goes into a new database unless DEMO is none, into an existing one only if
# asked for by name: it may hold an authority's own data.
provide_database() {
    local db=$1 demo=$2 changed
    if db_exists "$db"; then
        check_db_version "$db"
        changed=$(changed_addons "$db")
        [ -z "$changed" ] || update_database "$db" "$changed"
        [ "$demo" != city ] || [ -e "$(logins_file "$db")" ] || load_city "$db"
    else
        say "database \"$db\" with all addons (takes a few minutes, once)"
        need_space 500
        db_drop "${db}__new"
        db_create "${db}__new"
        odoo_install "${db}__new"
        [ "$demo" = none ] || load_city "${db}__new"
        db_rename "${db}__new" "$db"
        [ "$demo" = none ] || mv "$(logins_file "${db}__new")" "$(logins_file "$db")"
    fi
}

update_database() { # DB ADDONS
    say "database \"$1\": updating $2, whose code has changed"
    odoo_quiet "Updating the database" "$LOGS/update-$1.log" -d "$1" -u "$2" --stop-after-init --no-http
    remember_sources "$1"
}

# start_server PORT DB: in the background until it answers. Sets SERVER, its process.
start_server() {
    local log=$LOGS/server.log url=http://127.0.0.1:$1
    say "server"
    odoo_environment
    : >>"$log"
    # A session of its own: Ctrl-C reaches this script, which then stops the server in order.
    setsid env "${ODOO_ENV[@]}" "$VENV/bin/odoo" -c "$CONFIG" -d "$2" --db-filter "^$2\$" --http-port "$1" \
        --logfile "$log" >"$LOGS/server.out" 2>&1 3>&- </dev/null &
    SERVER=$!
    echo "$SERVER $1 $2 $(start_time "$SERVER")" >"$SERVER_FILE"
    at_exit stop_server "$SERVER"
    [ -n "$PG_OWN_SERVER" ] || add_cluster_user "$CLUSTER" "$SERVER"
    "$VENV/bin/python" "$SCRIPTS/tools/wait_for.py" "$url/web/login" "$SERVER" 120 || {
        tail -n 15 "$log" "$LOGS/server.out" >&3
        die "The server did not come up: the reason is above and in $log."
    }
}

print_access() { # PORT DB
    printf '\n  %s\n\n' "http://127.0.0.1:$1"
    if [ -e "$(logins_file "$2")" ]; then
        "$VENV/bin/python" "$SCRIPTS/tools/logins.py" "$(logins_file "$2")"
    else
        echo '  login admin, password admin'
    fi
    echo
}

leave_server() {
    # Neither the server nor its cluster is stopped when this script ends.
    EXIT_COMMANDS=()
    [ -n "$PG_OWN_SERVER" ] || rm -f "$LOCAL/pg/$CLUSTER/users/$$"
    say "the server goes on in the background; ./qms stop ends it"
}

# attend_server: show errors until the server ends or Ctrl-C.
attend_server() {
    local status=0
    say "Ctrl-C stops the server; its log is $LOGS/server.log"
    # A record runs to the next line that starts with a date.
    tail -n 0 --pid="$SERVER" -F "$LOGS/server.log" 2>/dev/null |
        awk '/^[0-9]{4}-[0-9]{2}-[0-9]{2} /{show = ($4 == "ERROR" || $4 == "CRITICAL")} show {print; fflush()}' >&3 &
    wait "$SERVER" || status=$?
    die "The server ended by itself (status $status): see the end of $LOGS/server.log."
}
