# shellcheck shell=bash
# Running Odoo: set-up in order, configuration, environment, the addons.

DEFAULT_DB=qms
LANGUAGES=en_US,ru_RU,uk_UA

# prepare [PART...]: what is missing is set up, by one ./qms at a time.
prepare() {
    need_local
    locked setup prepare_parts "$@"
}
prepare_parts() {
    local part
    check_python
    setup_odoo
    setup_python
    link_odoo
    setup_postgres
    setup_libraries
    setup_front_end
    for part in "$@"; do "setup_$part"; done
}

# Our addons, with commas between.
all_addons() { (cd "$ROOT/addons" && printf '%s\n' */__manifest__.py | cut -d/ -f1 | paste -sd,); }

source_state() { "$VENV/bin/python" "$SCRIPTS/tools/source_state.py" "$ROOT/addons" "$@"; }

# odoo_config NAME: a configuration for the cluster in use; where the database is, Odoo
# learns from the PG variables. Sets CONFIG.
odoo_config() {
    CONFIG=$LOCAL/$1.conf
    write_if_changed "$CONFIG" <<CONF
[options]
addons_path = $ODOO_ADDONS,$ROOT/addons
data_dir = $DATA_DIR
http_interface = 127.0.0.1
list_db = False
max_cron_threads = 1
# No outside connection: Odoo would report to its maker here.
publisher_warranty_url = http://127.0.0.1:9/
CONF
    chmod 600 "$CONFIG"
}

# The environment of a server: libraries and fonts of ours, and no way out by HTTP.
# Whoever wants webhooks or other services of the outside sets QMS_OUTSIDE=1.
odoo_environment() { # NAME=VALUE... to add. Sets ODOO_ENV, arguments of env
    local name
    ODOO_ENV=(-u ODOO_RC -u PGDATABASE "PATH=$VENV/bin:$PATH" "$@")
    [ -z "${LIBRARIES:-}" ] || ODOO_ENV+=("LD_LIBRARY_PATH=$LIBRARIES${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "FONTCONFIG_FILE=$LOCAL/fonts.conf")
    [ -z "${QMS_OUTSIDE:-}" ] || return 0
    for name in http_proxy https_proxy HTTP_PROXY HTTPS_PROXY; do ODOO_ENV+=("$name=http://127.0.0.1:9"); done
    ODOO_ENV+=("no_proxy=127.0.0.1,localhost" "NO_PROXY=127.0.0.1,localhost")
}

odoo_run() { # ARGUMENTS of odoo, the configuration added after a subcommand
    odoo_environment
    local subcommand=()
    while [[ ${1:-} == [a-z]* ]]; do subcommand+=("$1") && shift; done
    env "${ODOO_ENV[@]}" "$VENV/bin/odoo" "${subcommand[@]}" -c "$CONFIG" "$@"
}

# odoo_quiet LABEL LOG ARGUMENTS...: output to a log, one sentence if it fails.
odoo_quiet() {
    local label=$1 log=$2 status=0
    shift 2
    odoo_run "$@" >"$log" 2>&1 || status=$?
    [ "$status" = 0 ] && ! grep -qE '^[0-9-]+ [0-9:,]+ [0-9]+ CRITICAL' "$log" && return
    explain "$label" "$log" "$status"
}

# odoo_script DATABASE FILE NAME=VALUE...: one of scripts/shell in Odoo's shell.
odoo_script() {
    local database=$1 file=$2
    shift 2
    odoo_environment "$@"
    env "${ODOO_ENV[@]}" "$VENV/bin/odoo" shell -c "$CONFIG" -d "$database" --no-http --log-level warn <"$SCRIPTS/shell/$file"
}

# odoo_install DATABASE [ADDONS]: all addons (or those) and the languages into an empty database.
odoo_install() {
    odoo_quiet "Installing the addons" "$LOGS/install-$1.log" -d "$1" -i "${2:-$(all_addons)}" \
        --load-language "$LANGUAGES" --stop-after-init --no-http
    odoo_script "$1" offline.py >"$LOGS/offline-$1.log" 2>&1 || explain "Switching outside services off" "$LOGS/offline-$1.log" $?
    remember_sources "$1"
}

# load_city DATABASE: the demo city, which knows by itself whether it is already there,
# and the list of its logins beside the database's files.
load_city() {
    say "demo city"
    odoo_script "$1" load_city.py "LOGINS=$(logins_file "$1")" >"$LOGS/city-$1.log" 2>&1 ||
        explain "Loading the demo city" "$LOGS/city-$1.log" $?
}
logins_file() { printf %s "$DATA_DIR/logins-$1.json"; }
