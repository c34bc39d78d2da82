# shellcheck shell=bash
# What every part uses: where things lie, how they speak, how a step is done once.

# Everything that is made goes below this folder; deleting it undoes the set-up.
LOCAL=${QMS_LOCAL:-$ROOT/.local}
LOGS=$LOCAL/log
VENV=$LOCAL/venv
PYTHON=${PYTHON:-python3}
# Called from a test, "python3" would be the environment's own.
PATH=${PATH//"$VENV/bin:"/}

# Exit status of a command that has already said why it stopped.
readonly SAID=97

# Messages go to file descriptor 3, the terminal's error stream, so that they are seen
# from inside a step too, whose output goes to a log.
exec 3>&2

say() { printf '== %s\n' "$*" >&3; }

# die SENTENCE: stop, with one sentence that names the remedy.
die() {
    printf 'qms: %s\n' "$*" >&3
    exit "$SAID"
}

# at_exit COMMAND...: run it when the script ends, last registered first.
EXIT_COMMANDS=()
at_exit() { EXIT_COMMANDS+=("$(printf '%q ' "$@")"); }
run_exit_commands() {
    local status=$? i
    trap '' INT TERM
    for ((i = ${#EXIT_COMMANDS[@]} - 1; i >= 0; i--)); do eval "${EXIT_COMMANDS[i]}" || true; done
    [ "$status" != "$SAID" ] || [ "$BASHPID" != "$$" ] || status=1
    exit "$status"
}
trap run_exit_commands EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# scratch_folder VARIABLE: a folder on the disk of .local that is gone when the script ends.
scratch_folder() {
    local folder
    mkdir -p "$LOCAL/tmp"
    folder=$(mktemp -d "$LOCAL/tmp/XXXXXX")
    at_exit rm -rf "$folder"
    printf -v "$1" %s "$folder"
}

checksum() { sha256sum | cut -c1-16; }
checksum_of() { cat -- "$@" | checksum; }

need_local() {
    mkdir -p "$LOCAL" "$LOGS" "$LOCAL/stamps" "$LOCAL/run" 2>/dev/null && [ -w "$LOCAL" ] ||
        die "Nothing can be written to $LOCAL: give yourself the right to this folder, or name another by QMS_LOCAL."
    [ -e "$LOCAL/.gitignore" ] || echo '*' >"$LOCAL/.gitignore"
}

# need_space MEGABYTES
need_space() {
    local free
    free=$(df -Pm "$LOCAL" | awk 'NR == 2 {print $4}')
    [ "$free" -ge "$1" ] ||
        die "Only $free MB are free on the disk of $LOCAL and $1 MB are needed: free some space or name another folder by QMS_LOCAL."
}

# step NAME INPUTS MEGABYTES LABEL COMMAND...: run the command in a subshell, unless it
# was done before with the same inputs. A command makes its result under another name
# and moves it into place, so an interrupted one leaves nothing that looks finished.
step() {
    local name=$1 inputs=$2 space=$3 label=$4 stamp=$LOCAL/stamps/$1 log=$LOGS/setup-$1.log status
    shift 4
    [ "$(cat "$stamp" 2>/dev/null)" != "$inputs" ] || return 0
    say "$label"
    need_space "$space"
    # Not in a condition: there bash would not stop at the first failing command.
    set +e
    (
        EXIT_COMMANDS=()
        trap run_exit_commands EXIT
        trap - INT TERM
        set -e
        "$@"
    ) >"$log" 2>&1
    status=$?
    set -e
    [ "$status" != "$SAID" ] || exit "$SAID"
    [ "$status" = 0 ] || explain "$label" "$log" "$status"
    printf '%s' "$inputs" >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

# explain WHAT LOG STATUS: turn the log of a failed command into one sentence.
explain() {
    local what=$1 log=$2 status=$3
    [ "$status" != 130 ] || exit 130
    if grep -qiE 'no space left|ENOSPC|disk full' "$log"; then
        die "\"$what\" stopped because the disk of $LOCAL is full: free some space and run the same command again."
    elif grep -qiE 'could not resolve|name resolution|failed to fetch|could not connect|connection (refused|timed out|broken|reset)|newconnectionerror|proxyerror|read timed out|unreachable|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ECONNREFUSED|no matching distribution' "$log"; then
        die "\"$what\" could not reach its download source: check this machine's network and its apt, pip and npm settings, then run the same command again (details: $log)."
    elif grep -qiE 'permission denied|EACCES|operation not permitted' "$log"; then
        die "\"$what\" lacks a right on this machine: see $log, or name a folder of your own by QMS_LOCAL."
    fi
    tail -n 15 "$log" >&3
    die "\"$what\" failed: the reason is above and in $log; running the same command again goes on from there."
}

# locked NAME COMMAND...: one process of this folder at a time. What the command leaves
# running has to close LOCK_FD.
locked() {
    local name=$1
    shift
    exec {LOCK_FD}>"$LOCAL/$name.lock"
    if ! flock -n "$LOCK_FD"; then
        say "waiting for another ./qms ($name)"
        flock "$LOCK_FD"
    fi
    "$@"
    exec {LOCK_FD}>&-
}
