# shellcheck shell=bash
# ShellCheck for ./qms lint: the machine's or Debian's, unpacked into .local.

setup_shellcheck() {
    local folder=$LOCAL/shellcheck
    if [ -z "${QMS_OWN_SHELLCHECK:-}" ] && command -v shellcheck >/dev/null; then
        SHELLCHECK=(shellcheck)
        return
    fi
    [ -d "$folder" ] || rm -f "$LOCAL/stamps/shellcheck"
    step shellcheck "$(debian_code_name)" 100 "ShellCheck" unpack_for_this_machine "$folder" shellcheck
    SHELLCHECK=(env "LD_LIBRARY_PATH=$(library_path "$folder")" "$folder/usr/bin/shellcheck")
}
