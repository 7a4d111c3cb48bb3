# shellcheck shell=bash
# How the quickstart speaks: in two languages, with times, and never waiting for ever.

# The two words of a pair stand beside each other: words NB EN
words() { if [[ $SPEAK == nb ]]; then printf '%s' "$1"; else printf '%s' "$2"; fi; }

now_ms() { local us=${EPOCHREALTIME/[.,]/}; printf '%s' $((us / 1000)); }
seconds() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }

choose_looks() {
  BOLD='' DIM='' RED='' GREEN='' CYAN='' PLAIN='' REWRITE=''
  [[ -z $WITHOUT_LOOKS && -t 1 && ${TERM:-dumb} != dumb ]] || return 0
  REWRITE=yes
  [[ -z ${NO_COLOR:-} ]] || return 0
  BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' CYAN=$'\e[36m' PLAIN=$'\e[0m'
}

# A line that the next one replaces; nothing where lines cannot be replaced.
passing() { if [[ $REWRITE ]]; then printf '\r\e[K%s' "$DIM${1:0:$((COLUMNS - 1))}$PLAIN"; fi; }
end_passing() { if [[ $REWRITE ]]; then printf '\r\e[K'; fi; }

heading() { end_passing; printf '\n%s%s%s\n' "$BOLD" "$(words "$1" "$2")" "$PLAIN"; }
plain_line() { end_passing; printf '  %s\n' "$(words "$1" "$2")"; }

die() {
  end_passing
  printf '%squickstart: %s%s\n' "$RED" "$*" "$PLAIN" >&2
  exit 1
}

# printf's own widths count bytes.
padded() { printf '%s%*s' "$1" $(($2 > ${#1} ? $2 - ${#1} : 0)) ''; }

role_of() {
  case $1 in
    åse) words 'sluttbruker' 'end user' ;;
    per | eva) words '1. linje' '1st line' ;;
    kari | vakt) words '2. linje' '2nd line' ;;
    leif) words 'drift' 'operator' ;;
  esac
}

# did WHO NB EN: what a person has just done. The clock of effects starts here.
did() {
  end_passing
  DONE_AT=$(now_ms)
  printf '%8s  %s%s%s %s\n' "$(seconds $((DONE_AT - STORY_BEGAN)))" "$CYAN" "$(padded "$1, $(role_of "$1")" 16)" "$PLAIN" "$(words "$2" "$3")"
}

# follows WHERE NB EN: an effect that has been seen, with the time since the deed. LAST_TOOK keeps it.
follows() {
  end_passing
  LAST_TOOK=$(($(now_ms) - DONE_AT))
  printf '%8s  %s%s%s %s %s(%s)%s\n' '' "$GREEN" "$(padded "→ $1" 16)" "$PLAIN" "$(words "$2" "$3")" "$DIM" \
    "$(words 'etter' 'after') $(seconds "$LAST_TOOK")" "$PLAIN"
}

# Lines that people see, as they see them. On stdin.
quoted() {
  local line
  end_passing
  while IFS= read -r line; do printf '%27s%s│ %s%s\n' '' "$DIM" "$line" "$PLAIN"; done
}

# await NB EN COMMAND...: looks until the command succeeds; ends the run when it does not in time.
await() {
  local what until
  what=$(words "$1" "$2")
  shift 2
  until=$(($(now_ms) + PATIENCE_S * 1000))
  passing "          … $what"
  until "$@" 2>"$STATE/last-look"; do
    if (($(now_ms) > until)); then tell_why_not "$what"; fi
    if ! kill -0 "$SAKSBRO_PID" 2>/dev/null; then tell_why_not "$(words 'Saksbro har stoppet' 'Saksbro has ended')"; fi
    sleep 0.1
  done
}

# What a developer asks first when something did not come: who waits for what, and what the log says.
tell_why_not() {
  end_passing
  {
    printf '%s%s %d s: %s%s\n' "$RED" "$(words 'Ventet forgjeves i' 'Waited in vain for')" "$PATIENCE_S" "$1" "$PLAIN"
    cat "$STATE/last-look"
    [[ -z $CASE ]] || { printf '\n$ saksbro explain %s\n' "$CASE"; saksbro explain "$CASE"; }
    printf '\n$ saksbro outbox\n'
    saksbro outbox
    printf '\n$ tail %s\n' "$STATE/saksbro.log"
    tail -n 20 "$STATE/saksbro.log"
  } >&2
  exit 1
}

# Reads ninja's progress: how far it is, and since when. One line on a terminal, else one each tenth
# of the way.
show_build() {
  local line done all far tenth last='' began=$SECONDS
  while read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]} tenth=$((10 * BASH_REMATCH[1] / BASH_REMATCH[2]))
    far="$((100 * done / all)) % ($done/$all, $((SECONDS - began)) s)"
    passing "  $far"
    if [[ ! $REWRITE && $tenth != "$last" ]]; then printf '  %s\n' "$far"; fi
    last=$tenth
  done
  end_passing
}
