# shellcheck shell=bash
# Odoo 19's source: Debian's package unpacked into .local, or a tree named by QMS_ODOO.
# Sets ODOO_SITE (the folder that holds the package "odoo"), ODOO_ADDONS (addons path of
# what comes with Odoo) and ODOO_ID (changes when the source does).

ODOO_RECIPE=1 # count up when fetch_odoo changes

# Odoo's static files link to these packages' files. Font Awesome has to be 4.7
# (bookworm's); bookworm has no Montserrat.
ODOO_PACKAGES=(fonts-montserrat/sid
    {libjs-jquery,libjs-underscore,libjs-jquery-form}/bookworm
    {fonts-font-awesome,fonts-roboto-unhinted,fonts-inconsolata,fonts-ocr-b}/bookworm)

setup_odoo() {
    local folder
    if [ -n "${QMS_ODOO:-}" ]; then
        ODOO_SITE=$(find_odoo_tree "$QMS_ODOO")
    else
        ODOO_SITE=$LOCAL/odoo/usr/lib/python3/dist-packages
        [ -d "$LOCAL/odoo" ] || rm -f "$LOCAL/stamps/odoo"
        step odoo "$ODOO_RECIPE" 3500 "Odoo 19 source (about 120 MB to download)" fetch_odoo
    fi
    check_odoo_version "$ODOO_SITE"
    ODOO_ADDONS=$ODOO_SITE/odoo/addons
    folder=$ODOO_SITE/addons
    [ ! -d "$folder/web" ] || ODOO_ADDONS=$folder,$ODOO_ADDONS
    ODOO_ID=$(realpath "$ODOO_SITE") # with the version and date of its release file
    ODOO_ID=$(printf '%s' "$ODOO_ID" | cat - "$ODOO_SITE/odoo/release.py" | checksum)
}

# find_odoo_tree FOLDER: it may be a checkout (odoo-bin), the folder of the package or the package.
find_odoo_tree() {
    local folder
    for folder in "$1" "$1/.." "$1/usr/lib/python3/dist-packages"; do
        if [ -r "$folder/odoo/release.py" ]; then
            realpath "$folder"
            return
        fi
    done
    die "QMS_ODOO=$1 holds no Odoo: name the folder with odoo-bin or with the Python package odoo."
}

check_odoo_version() {
    local version
    version=$("$PYTHON" -c 'import runpy, sys; print(*runpy.run_path(sys.argv[1])["version_info"][:2], sep=".")' "$1/odoo/release.py") ||
        die "$1/odoo/release.py can't be read: this is no whole Odoo source."
    [ "$version" = 19.0 ] || die "The Odoo in $1 is version $version and these addons need 19.0: name an Odoo 19 by QMS_ODOO or leave QMS_ODOO out."
}

fetch_odoo() {
    local tmp deb blur target=$LOCAL/odoo odoo=(odoo-19/sid)
    scratch_folder tmp
    apt_prepare "$tmp/apt" "main bookworm" "main sid"
    [ -z "${ODOO_DEB:-}" ] || odoo=()
    apt_download "$tmp/debs" "${odoo[@]}" "${ODOO_PACKAGES[@]}"
    rm -rf "$target.new"
    for deb in "$tmp"/debs/*.deb ${ODOO_DEB:+"$ODOO_DEB"}; do dpkg-deb -x "$deb" "$target.new"; done
    # Top-level folders that are no packages, and metadata that names other requirements.
    rm -r "$target.new"/usr/lib/python3/dist-packages/{addons,doc,setup,odoo-*.egg-info}
    # Debian leaves this file out (background blur in calls). Without it every page logs
    # an error, and browser tests fail on logged errors.
    blur=$target.new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$blur"
    echo '// not in the Debian package' >"$blur/selfie_segmentation.js"
    if find "$target.new/usr/lib/python3/dist-packages" -xtype l | grep .; then
        die "Odoo's package links to files that were not unpacked: its packaging has changed; name an Odoo 19 of your own by QMS_ODOO."
    fi
    rm -rf "$target" "$tmp"
    mv "$target.new" "$target"
}
