# expect WHAT STATUS PATTERN COMMAND…: runs demarche (or a helper below), wants the exit status (any: whatever, but no crash)
# and the pattern (extended regular expression) on standard output or error.
helper=' sql as_nobody to_full with_limit has_none busy '

sql() { sqlite3 "$1" "$2"; }
as_nobody() {                                            # root reads everything: be nobody
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$demarche" "$@"
    else "$demarche" "$@"; fi
}
busy() { (ulimit -t "$1"; exec timeout 600 "$demarche" "${@:2}"); }      # seconds of processor time: a busy machine is no fault
has_none() { [ -e "$1" ] && echo yes || echo no; }
to_full() { "$demarche" "$@" > /dev/full; }
with_limit() { (ulimit -f "$1"; trap '' XFSZ; "$demarche" "${@:2}"); }   # KiB a file may have: a disk that fills up

claim() {                                                # claim WHAT COMMAND…: the command must succeed
    local what=$1; shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not so: $what"; fi
}

expect() {
    local what=$1 want=$2 pattern=$3 out status; shift 3
    case $helper in
        *" $1 "*) out=$("$@" 2>&1) ;;
        *) out=$("$demarche" "$@" 2>&1) ;;
    esac
    status=$?
    if [ "$want" = any ] && [ $status -lt 124 ]; then want=$status; fi
    if [ "$status" = "$want" ] && grep -aqE -e "$pattern" <<<"$out"; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    echo "not so: $what"
    echo "    demarche $*: exit $status, expected $want and /$pattern/; it said:"
    head -c 600 <<<"$out" | sed 's/^/    | /'
}
