# shellcheck shell=bash

cmd_reset() {
    local all='' sure='' option process name
    for option in "$@"; do
        case $option in
            --all) all=yes ;;
            --yes) sure=yes ;;
            *) die "./qms reset does not know \"$option\"; ./qms help lists its options." ;;
        esac
    done
    [ -d "$LOCAL" ] || { say "nothing to delete"; return; }
    need_local
    if [ -z "$sure" ]; then
        [ -t 0 ] || die "./qms reset deletes all data: say --yes where nobody can be asked."
        read -rp "Delete $([ -z "$all" ] && echo 'all databases, their files and test data in' || echo all of) $LOCAL? Type yes: " sure
        [ "$sure" = yes ] || die "Nothing was deleted."
    fi
    process=$(running_server)
    [ -z "$process" ] || stop_server "$process"
    for name in main test; do
        [ ! -e "$LOCAL/pg/$name/data/postmaster.pid" ] ||
            as_pg "$LOCAL/pg/$name" "$LOCAL/pg/$name/bin/pg_ctl" -D "$LOCAL/pg/$name/data" -m immediate -w stop >/dev/null 2>&1 || true
    done
    if [ -n "$all" ]; then
        rm -rf "$LOCAL"
    else
        rm -rf "$LOCAL"/{pg,data,test,run,tmp} "$LOCAL"/stamps/search-*
        [ -z "$PG_OWN_SERVER" ] || say "the databases on $PGHOST are left alone: drop them yourself"
    fi
    say "deleted"
}
