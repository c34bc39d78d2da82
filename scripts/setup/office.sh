# shellcheck shell=bash
# A LibreOffice without a screen for the tests that open DOCX files as a reader does: the
# machine's or Debian's, unpacked into .local. Sets OFFICE, which takes what soffice takes.

OFFICE_PACKAGES=(libreoffice-writer-nogui fonts-opensymbol)

setup_office() {
    local folder=$LOCAL/office
    if [ -z "${QMS_OWN_OFFICE:-}" ] && OFFICE=$(command -v soffice) && has_writer "$OFFICE"; then return; fi
    [ -x "$folder/usr/lib/libreoffice/program/soffice" ] || rm -f "$LOCAL/stamps/office"
    step office "${OFFICE_PACKAGES[*]} $(debian_code_name)" 700 "LibreOffice for the tests (about 100 MB to download)" unpack_office "$folder"
    write_office_fonts "$folder"
    OFFICE=$folder/soffice
    write_if_changed "$OFFICE" <<RUN
#!/bin/sh
export LD_LIBRARY_PATH="$(library_path "$folder")\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$folder/fonts.conf"
exec "$folder/usr/lib/libreoffice/program/soffice" "\$@"
RUN
    chmod +x "$OFFICE"
}

# A machine may have LibreOffice's tables alone.
has_writer() { [ -e "$(dirname "$(realpath "$1")")/libswlo.so" ]; }

unpack_office() { # FOLDER
    local folder=$1 home=$1/usr/lib/libreoffice link
    unpack_for_this_machine "$folder" "${OFFICE_PACKAGES[@]}"
    # The packages link to folders of the machine, where an installed LibreOffice has its own …
    while read -r link; do
        [ ! -e "$folder$(readlink "$link")" ] || ln -sfnr "$folder$(readlink "$link")" "$link"
    done < <(find "$folder" -type l -lname '/*')
    # … keep their settings below /etc, copied there when they are installed, and name both in full.
    ln -sfn .registry "$home/share/registry"
    sed -i -e "s|file:///usr/lib/libreoffice|\${ORIGIN}/..|" -e "s|file:///etc/libreoffice/registry|\${BRAND_BASE_DIR}/share/registry|g" \
        "$home/program/fundamentalrc"
}

# Its signs of lists beside the fonts that the machine or the libraries for PDF have.
write_office_fonts() { # FOLDER
    write_if_changed "$1/fonts.conf" <<CONF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
    <include ignore_missing="yes">$LOCAL/fonts.conf</include>
    <dir>/usr/share/fonts</dir>
    <dir>$1/usr/share/fonts</dir>
    <cachedir>$LOCAL/fonts-cache</cachedir>
</fontconfig>
CONF
}
