# shellcheck shell=bash
# ./qms lint [--fix]: every linter over everything, then one verdict. Needs no Odoo.

# Reasons: .pylintrc
NOT_WANTED=missing-readme,consider-merging-classes-inherited,no-raise-unlink,method-required-super,missing-return
NOT_WANTED+=,prefer-env-translation,context-overridden,no-search-all,translation-required,odoo-addons-relative-import

cmd_lint() {
    local fix=''
    case ${1:-} in
        '') ;;
        --fix) fix=yes ;;
        *) die "./qms lint does not know \"$1\"; ./qms help lists its options." ;;
    esac
    need_local
    locked setup prepare_lint
    cd "$ROOT" || exit
    if [ -n "$fix" ]; then fix_all; fi
    check_all
}

prepare_lint() {
    check_python
    setup_python
    setup_lint_python
    setup_lint_node
    setup_shellcheck
}

NODE_TOOLS=$LOCAL/npm-lint/node_modules
prettier() {
    node "$NODE_TOOLS/prettier/bin/prettier.cjs" --plugin "$NODE_TOOLS/@prettier/plugin-xml/src/plugin.js" \
        --no-error-on-unmatched-pattern --log-level warn "$@" 'addons/**/*.xml' 'addons/**/static/{src,tests}/**/*.js'
}
eslint() { node "$NODE_TOOLS/eslint/bin/eslint.js" --no-error-on-unmatched-pattern --max-warnings 0 "$@" 'addons/**/*.js'; }
tool() { "$LOCAL/lint-venv/bin/$1" "${@:2}"; }

fix_all() {
    tool ruff check -q --fix-only .
    tool ruff format -q .
    prettier --write
    eslint --fix || true
}

check_all() {
    local failed=()
    check "ruff" tool ruff check -q --cache-dir "$LOCAL/ruff" .
    check "ruff format" tool ruff format -q --check --cache-dir "$LOCAL/ruff" .
    check "pylint-odoo" tool python -m pylint --rcfile .pylintrc "--disable=$NOT_WANTED" addons/*/
    check "prettier" prettier --check
    check "eslint" eslint
    check "shellcheck" "${SHELLCHECK[@]}" -x qms .ci/run scripts/*/*.sh docker/*.sh
    check "translations" tool python scripts/tools/translations.py check addons
    check "repository" tool python scripts/tools/repository.py
    [ ${#failed[@]} = 0 ] || die "Lint found something in: ${failed[*]}. ./qms lint --fix corrects what can be corrected without thinking."
    say "lint: nothing found"
}

check() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" 2>&1; then say "$name: ok"; else say "$name: see above" && failed+=("$name"); fi
}
