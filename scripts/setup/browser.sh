# shellcheck shell=bash
# A Chromium for the browser tests: the machine's or Debian's, unpacked into .local.
# Sets BROWSER; a program named "chromium" in .local/bin is what Odoo's tests look for.

BROWSER_PACKAGES=(chromium chromium-common fonts-dejavu-core)

setup_browser() {
    local name folder=$LOCAL/browser
    BROWSER=
    if [ -z "${QMS_OWN_BROWSER:-}" ]; then
        for name in google-chrome chromium chromium-browser google-chrome-stable; do
            BROWSER=$(PATH=${PATH//"$LOCAL/bin:"/} command -v "$name") && return
        done
    fi
    [ -x "$folder/usr/lib/chromium/chromium" ] || rm -f "$LOCAL/stamps/browser"
    step browser "${BROWSER_PACKAGES[*]} $(debian_code_name)" 1200 "Chromium for the browser tests (about 100 MB to download)" \
        unpack_for_this_machine "$folder" "${BROWSER_PACKAGES[@]}"
    [ -e "$LOCAL/fonts.conf" ] || write_fonts_conf "$folder"
    mkdir -p "$LOCAL/bin"
    write_if_changed "$LOCAL/bin/chromium" <<RUN
#!/bin/sh
export LD_LIBRARY_PATH="$(library_path "$folder")\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$LOCAL/fonts.conf"
exec "$folder/usr/lib/chromium/chromium" "\$@"
RUN
    chmod +x "$LOCAL/bin/chromium"
    export PATH=$LOCAL/bin:$PATH
    BROWSER=$LOCAL/bin/chromium
}
