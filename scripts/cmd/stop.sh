# shellcheck shell=bash

cmd_stop() {
    local process cluster
    need_local
    process=$(running_server)
    if [ -z "$process" ]; then
        say "no server is running"
    else
        say "stopping the server"
        stop_server "$process"
    fi
    cluster=${QMS_ONLY_CLUSTER:-main}
    if [ -z "$PG_OWN_SERVER" ] && [ -d "$LOCAL/pg/$cluster/users" ]; then release_cluster "$cluster" $$; fi
}
