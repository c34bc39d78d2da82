# shellcheck shell=bash
# Shared libraries that Python packages load: what WeasyPrint draws with (Pango, the DejaVu
# fonts) and libatomic for Playwright's driver; of the machine or unpacked into .local. Sets
# LIBRARIES, the folders to load shared libraries from (empty: the machine's).

LIBRARY_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core libatomic1)
LIBRARY_FILES=(libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 libfontconfig.so.1 libatomic.so.1)

setup_libraries() {
    local folder=$LOCAL/libraries
    LIBRARIES=
    ! machine_has_libraries || return 0
    [ -d "$folder" ] || rm -f "$LOCAL/stamps/libraries"
    step libraries "${LIBRARY_PACKAGES[*]} $(debian_code_name)" 200 "Libraries and fonts for PDF" \
        unpack_for_this_machine "$folder" "${LIBRARY_PACKAGES[@]}"
    LIBRARIES=$(library_path "$folder")
    write_fonts_conf "$folder"
}

machine_has_libraries() {
    [ -z "${QMS_OWN_LIBRARIES:-}" ] && [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] &&
        "$PYTHON" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "${LIBRARY_FILES[@]}" 2>/dev/null
}

write_fonts_conf() { # FOLDER...: unpacked trees with fonts
    local folder
    write_if_changed "$LOCAL/fonts.conf" <<CONF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
    <dir>/usr/share/fonts</dir>
$(for folder in "$@"; do echo "    <dir>$folder/usr/share/fonts</dir>"; done)
    <cachedir>$LOCAL/fonts-cache</cachedir>
</fontconfig>
CONF
}
