# shellcheck shell=bash
# Python environments in .local: one with what Odoo, the addons and the tests need, one
# for the linters, whose requirements have nothing to do with a running Odoo.

REQUIREMENTS=$ROOT/requirements

# A machine without any Python gets Debian's, unpacked. Only the default is replaced: who
# names an interpreter by PYTHON means that one.
provide_interpreter() {
    local folder=$LOCAL/python
    [ "$PYTHON" = python3 ] || return 0
    if [ -z "${QMS_OWN_PYTHON:-}" ] && command -v python3 >/dev/null; then return; fi
    [ -x "$folder/usr/bin/python3" ] || rm -f "$LOCAL/stamps/interpreter"
    step interpreter "$(debian_code_name)" 200 "Python" unpack_for_this_machine "$folder" python3 python3-distutils
    PYTHON=$folder/usr/bin/python3
    LD_LIBRARY_PATH=$(library_path "$folder")${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    export LD_LIBRARY_PATH
}

check_python() {
    local version
    provide_interpreter
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
        die "There is no Python here (\"$PYTHON\"): install Python 3.10 to 3.13 or name one by PYTHON."
    case $version in
        3.10 | 3.11 | 3.12 | 3.13) ;;
        *) die "\"$PYTHON\" is Python $version and Odoo 19 needs 3.10 to 3.13: name another by PYTHON." ;;
    esac
}

# make_venv FOLDER
make_venv() {
    local folder=$1 tmp wheels pip
    [ ! -x "$folder/bin/python" ] || [ ! -x "$folder/bin/pip" ] || return 0
    rm -rf "$folder"
    if "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
        "$PYTHON" -m venv "$folder" && return
    fi
    # Debian keeps what venv needs in a package of its own (python3-venv): its pip serves as well.
    rm -rf "$folder"
    "$PYTHON" -m venv --without-pip "$folder"
    scratch_folder tmp
    wheels=$tmp/wheels
    unpack_for_this_machine "$wheels" python3-pip-whl
    pip=$(find "$wheels" -name 'pip-*.whl' | head -n1)
    "$folder/bin/python" "$pip/pip" install -q --no-index "$pip"
}

# pip_install VENV ARGUMENTS...
pip_install() {
    local folder=$1
    shift
    "$folder/bin/python" -m pip install -q --disable-pip-version-check \
        -c "$REQUIREMENTS/constraints.txt" "$@" 2> >(grep -vE 'Location .* is ignored|running pip as the .root. user' >&2)
}

install_python() { # FILE...
    local file arguments=()
    for file in "$@"; do arguments+=(-r "$REQUIREMENTS/$file.txt"); done
    make_venv "$VENV"
    pip_install "$VENV" "${arguments[@]}"
    "$VENV/bin/python" -m pip check --disable-pip-version-check
}

install_lint_python() {
    make_venv "$LOCAL/lint-venv"
    pip_install "$LOCAL/lint-venv" -r "$REQUIREMENTS/lint.txt"
}

python_id() { printf '%s' "$(realpath "$(command -v "$PYTHON")") $LOCAL" | cat - "$@" | checksum; }

# A virtual environment does not survive being moved or losing its interpreter.
drop_broken_venv() { # FOLDER STAMP...
    local folder=$1 name
    shift
    [ -d "$folder" ] || { for name in "$@"; do rm -f "$LOCAL/stamps/$name"; done; return; }
    if ! "$folder/bin/python" -c '' 2>/dev/null || ! grep -qF "$folder" "$folder/bin/activate"; then
        rm -rf "$folder"
        for name in "$@"; do rm -f "$LOCAL/stamps/$name"; done
    fi
}

setup_python() {
    check_python
    drop_broken_venv "$VENV" python python-test postgres-wheel
    step python "$(python_id "$REQUIREMENTS"/{odoo,qms,constraints}.txt)" 1500 \
        "Python packages" install_python odoo qms
}

# The addons path reaches Odoo through its configuration; the package itself through a
# .pth file, so that "import odoo" works for pytest as well.
link_odoo() {
    local purelib
    purelib=$(echo "$VENV"/lib/python3*/site-packages)
    write_if_changed "$purelib/odoo_source.pth" <<<"$ODOO_SITE"
    # A script: "python -m odoo" would take its imports from the current folder.
    write_if_changed "$VENV/bin/odoo" <<<"#!$VENV/bin/python
from odoo.cli import main

main()"
    chmod +x "$VENV/bin/odoo"
}

setup_test_python() {
    step python-test "$(python_id "$REQUIREMENTS"/{odoo,qms,test,constraints}.txt)" 1000 \
        "Python packages for the tests" install_python odoo qms test
}

setup_lint_python() {
    check_python
    drop_broken_venv "$LOCAL/lint-venv" python-lint
    step python-lint "$(python_id "$REQUIREMENTS"/{lint,constraints}.txt)" 500 \
        "Linters" install_lint_python
}

# write_if_changed FILE: standard input, moved into place when it differs.
write_if_changed() {
    cat >"$1.new"
    if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}
