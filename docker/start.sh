#!/usr/bin/env bash
# Start Odoo with its secrets: each comes from a file (NAME_FILE) or from the environment
# (NAME), there is no default. The master password, which nothing here needs as the
# database manager is off, is drawn anew when none is given; so is the password of the
# first login, which is then printed once.
set -euo pipefail

secret() { # NAME
    local file=$1_FILE
    if [ -n "${!file:-}" ]; then
        [ -r "${!file}" ] || { echo "qms: $file names ${!file}, which can't be read: mount the secret there." >&2 && exit 1; }
        tr -d '\n' <"${!file}"
    else
        printf %s "${!1:-}"
    fi
}

PGPASSWORD=$(secret PGPASSWORD)
[ -n "$PGPASSWORD" ] || { echo "qms: the database password is not set: give PGPASSWORD_FILE or PGPASSWORD." >&2 && exit 1; }
export PGPASSWORD
master=$(secret QMS_MASTER_PASSWORD)
[ -n "$master" ] || master=$(head -c 24 /dev/urandom | base64)

# The configuration with the master password; only this user may read it.
umask 077
sed '/^admin_passwd/d' /etc/odoo/odoo.conf >/tmp/odoo.conf
printf 'admin_passwd = %s\n' "$master" >>/tmp/odoo.conf
export ODOO_RC=/tmp/odoo.conf

# PostgreSQL may still be starting where nothing waits for its health check.
until python3 -c 'import psycopg2; psycopg2.connect(dbname="postgres").close()' 2>/dev/null; do
    [ $((tries = ${tries:-0} + 1)) -lt 60 ] || { echo "qms: PostgreSQL at ${PGHOST:-?} does not answer: check PGHOST, PGUSER and the password." >&2 && exit 1; }
    sleep 1
done

# A new database: the addons, no service of the outside, a password for the first login.
ready() {
    [ "$(PGDATABASE=qms psql -tAc "SELECT state FROM ir_module_module WHERE name = 'anticorruption'" 2>/dev/null)" = installed ]
}
if [ "${1:-}" = odoo ] && [ $# = 1 ] && ! ready; then
    admin=$(secret QMS_ADMIN_PASSWORD)
    [ -n "$admin" ] || { admin=$(head -c 12 /dev/urandom | base64) && echo "qms: the first login is admin with the password $admin"; }
    odoo --init=qms_core,qms_audit,lean_projects,citizen_feedback,anticorruption --load-language="${QMS_LANGUAGES:-en_US,ru_RU,uk_UA}" --stop-after-init
    QMS_ADMIN_PASSWORD=$admin odoo shell --no-http </usr/local/share/qms/first_start.py
fi
exec "$@"
