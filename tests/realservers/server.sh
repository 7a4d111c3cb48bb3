# shellcheck shell=bash
# What redmine.sh and rt.sh have in common, which source this: a server on loopback that belongs to one folder DIR, is known by a
# variable of its environment (not by its pid alone), and ends by itself when nobody stops it.
#
# The script sets SELF (its own path), MARK (the variable; its value is DIR/run), and has install_packages, prepare and start.

START_LIMIT=90   # seconds until the server must answer
export STEP_LIMIT=180   # seconds for one step of a preparation
STOP_LIMIT=10    # seconds from TERM to KILL
LIFE=${REALSERVERS_LIFE:-7200}   # seconds after which a server that nobody stopped is stopped

die() { printf '%s: %s\n' "${SELF##*/}" "$*" >&2; exit 1; }
usage() { sed -n '2,/^set -euo/{/^#/s/^# \{0,1\}//p}' "$SELF" >&2; exit 2; }

# Prints the pid when the server of this DIR/run is alive and is ours, else nothing.
own_pid() {
  local run=$1 pid
  [[ -s $run/pid ]] || return 0
  pid=$(<"$run/pid")
  [[ $pid =~ ^[0-9]+$ ]] || return 0
  if { tr '\0' '\n' <"/proc/$pid/environ"; } 2>/dev/null | grep -qxF "$MARK=$run"; then echo "$pid"; fi
}

# Before a start: nothing runs in DIR, and the port is free.
must_be_free() { # DIR PORT
  [[ $2 =~ ^[0-9]+$ ]] || die "the port is a number, not '$2'"
  [[ -z $(own_pid "$1/run") ]] || die "already running in $1 (pid $(own_pid "$1/run"))"
  if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then die "port $2 is in use"; fi
}

# After it: remembers the pid, and waits until the address answers (DIR/run/curl.conf has the credentials: so they are in no
# process list).
await_answer() { # DIR PID ADDRESS LOG
  local run=$1/run deadline=$((SECONDS + START_LIMIT))
  until curl -sf --max-time 20 -o /dev/null -K "$run/curl.conf" "$3" 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || { tail -n 25 "$4" >&2; rm -f "$run/pid"; die "the server ended while starting"; }
    ((SECONDS < deadline)) || { tail -n 25 "$4" >&2; stop "$1"; die "no answer on $3 within $START_LIMIT s"; }
    sleep 0.1
  done
}

started() { # DIR PID
  echo "$2" >"$1/run/pid"
  setsid nohup bash "$SELF" expire "$1" "$2" >/dev/null 2>&1 </dev/null &
}

stop() {
  local dir=$1 run pid
  [[ -d $dir ]] || die "no such folder: $dir"
  run=$(cd "$dir" && pwd)/run
  pid=$(own_pid "$run")
  if [[ -n $pid ]]; then
    kill -TERM "$pid" 2>/dev/null || true
    local deadline=$((SECONDS + STOP_LIMIT))
    while [[ -n $(own_pid "$run") ]]; do
      # Workers are in the group of the server, which setsid made.
      if ((SECONDS >= deadline)); then kill -KILL -- "-$pid" 2>/dev/null || true; sleep 0.2; break; fi
      sleep 0.1
    done
  fi
  rm -f "$run/pid"
}

# Stops the server with this pid when its time is up; ends by itself soon after that server did.
expire() {
  local dir=$1 pid=$2 deadline=$((SECONDS + LIFE))
  while [[ $(own_pid "$dir/run") == "$pid" ]]; do
    if ((SECONDS >= deadline)); then stop "$dir"; fi
    sleep 3
  done
}

status() {
  local run
  run=$(cd "$1" && pwd)/run
  [[ -n $(own_pid "$run") ]] || die "not running in $1"
  cat "$run/server.json"
}

obey() {
  case ${1:-} in
    install) install_packages ;;
    prepare) shift; (($# == 1)) || usage; prepare "$1" ;;
    start) shift; start "$@" ;;
    expire) shift; (($# == 2)) || usage; expire "$@" ;;
    stop) shift; (($# == 1)) || usage; stop "$1" ;;
    status) shift; (($# == 1)) || usage; status "$1" ;;
    *) usage ;;
  esac
}
