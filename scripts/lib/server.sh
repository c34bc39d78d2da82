# shellcheck shell=bash
# The server that ./qms run started: this file holds its process, port, database and start
# time (as process ids come again).
SERVER_FILE=$LOCAL/run/server-${QMS_ONLY_CLUSTER:-main}

# running_server: its process, or nothing.
running_server() {
    local process started
    [ -e "$SERVER_FILE" ] || return 0
    read -r process _ _ started <"$SERVER_FILE"
    [ -z "$started" ] || [ "$(start_time "$process")" != "$started" ] || printf %s "$process"
}

stop_server() { # PROCESS
    kill -TERM "$1" 2>/dev/null || true
    # Odoo ends itself in order; a hanging request must not keep it for ever.
    timeout 20 tail --pid="$1" -f /dev/null || { kill -KILL "$1" 2>/dev/null || true; }
    rm -f "$SERVER_FILE"
    [ -n "$PG_OWN_SERVER" ] || rm -f "$LOCAL/pg/${QMS_ONLY_CLUSTER:-main}/users/$1"
}

# A server whose PostgreSQL was killed answers nobody: both are started again.
end_server_without_cluster() {
    local server
    server=$(running_server)
    if [ -n "$server" ] && [ -z "$PG_OWN_SERVER" ] && ! cluster_answers "${QMS_ONLY_CLUSTER:-main}"; then
        say "PostgreSQL has ended under the running server: starting both again"
        stop_server "$server"
    fi
}
