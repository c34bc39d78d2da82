# shellcheck shell=bash
# Debian packages without installing them: fetched with apt from the Debian archive that
# this machine's own apt sources name, with package lists of our own, and unpacked. Works
# without the right to install and changes nothing outside .local.

DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

debian_code_name() { (. /etc/os-release && printf %s "${VERSION_CODENAME:-}"); }

# apt_site LABEL APT-OPTIONS...: the address of the archive with this label.
apt_site() {
    local label=$1
    shift
    apt-get "$@" indextargets --format "\$(SITE)" \
        'Identifier: Packages' 'Origin: Debian' "Label: $label" 2>/dev/null | sort -u | head -n1
}

# apt_prepare FOLDER LINE...: package lists in FOLDER for sources like "main-archive sid".
# Sets APT, the apt-get command to use them.
apt_prepare() {
    local folder=$1 archive security kind suite trust
    shift
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        die "This machine has no apt: use Debian 12 or later, or name an Odoo 19 of your own by QMS_ODOO and install Chromium and Pango yourself."
    mkdir -p "$folder"/{lists,cache/archives}/partial
    APT=(apt-get -qq -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder/cache"
        -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User=root)
    archive=$(apt_site Debian)
    security=$(apt_site Debian-Security)
    if [ -z "$archive" ]; then # no package lists yet, as on a fresh machine
        "${APT[@]}" update || true
        archive=$(apt_site Debian "${APT[@]}")
        security=$(apt_site Debian-Security "${APT[@]}")
    fi
    [ -n "$archive" ] || die "This machine's apt sources name no Debian archive that answers: check the network and /etc/apt, or name an Odoo 19 of your own by QMS_ODOO."
    # A mirror that stands still (a snapshot) serves as well; signatures are checked all the same.
    trust="check-valid-until=no signed-by=$DEBIAN_KEYRING"
    while read -r kind suite; do
        case $kind in
            main) echo "deb [$trust] $archive $suite main" ;;
            security) [ -z "$security" ] || echo "deb [$trust] $security $suite main" ;;
        esac
    done < <(printf '%s\n' "$@") >"$folder/sources.list"
    APT+=(-o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=-)
    "${APT[@]}" update
}

# apt_download FOLDER PACKAGE...: their files in FOLDER.
apt_download() {
    local folder=$1
    shift
    mkdir -p "$folder"
    (cd "$folder" && "${APT[@]}" download "$@")
}

# unpack_for_this_machine TARGET PACKAGE...: these packages of the machine's own Debian
# release, and what they need that is not installed, unpacked into TARGET.
unpack_for_this_machine() {
    local target=$1 code_name tmp deb wanted
    shift
    code_name=$(debian_code_name)
    [ -n "$code_name" ] || die "/etc/os-release names no Debian release: install $* yourself."
    scratch_folder tmp
    apt_prepare "$tmp/apt" "main $code_name" "main $code_name-updates" "security $code_name-security"
    # "Inst name (version": to be installed; "Inst name [old] (new": an update, not needed.
    mapfile -t wanted < <("${APT[@]}" -s --no-install-recommends install "$@" | awk '$1 == "Inst" && $3 !~ /^\[/ {print $2}')
    mapfile -t wanted < <(printf '%s\n' "$@" "${wanted[@]}" | sort -u)
    apt_download "$tmp/debs" "${wanted[@]}"
    rm -rf "$target.new"
    mkdir -p "$target.new"
    for deb in "$tmp"/debs/*.deb; do dpkg-deb -x "$deb" "$target.new"; done
    rm -rf "$target" "$tmp"
    mv "$target.new" "$target"
}

# library_path FOLDER: the folders with shared libraries below an unpacked tree.
library_path() {
    { find "$1"/usr/lib "$1"/lib -maxdepth 3 -name '*.so*' ! -path '*/python*' -printf '%h\n' 2>/dev/null || true; } |
        sort -u | paste -sd:
}
