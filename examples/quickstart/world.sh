# shellcheck shell=bash
# What stands around the story: packages, program, trackers, mail server, alert sink, configuration;
# and how each is stopped again, by its own process id and nothing else.

SAKER=saker@kommune.example.no VAKT=vakt@kommune.example.no PER=per@ude.example.no ASE=ase@ude.example.no
MAILBOXES=("$SAKER" "$VAKT" "$PER" "$ASE" brukerstotte@ude.example.no brukerstotte@hel.example.no)

saksbro() { "$PROGRAM" --config "$STATE/config/saksbro.yaml" "$@"; }

# --- once -------------------------------------------------------------------

prepare_everything() {
  heading 'Gjør klart' 'Getting ready'
  plain_line 'Debian-pakker' 'Debian packages'
  install_packages
  # The trackers' databases are made beside the build: that takes time, but little of a processor.
  local log=$STATE/prepare.log
  { "$ROOT/tests/realservers/redmine.sh" prepare "$TEMPLATES/redmine" &&
    "$ROOT/tests/realservers/rt.sh" prepare "$TEMPLATES/rt"; } >"$log" 2>&1 8>&- &
  local preparing=$!
  [[ ${SAKSBRO_BINARY_PATH:-} ]] || build_saksbro
  passing "  $(words 'Databasene til Redmine og RT' "Redmine's and RT's databases")"
  wait "$preparing" || { tail -n 30 "$log" >&2; die "$(words 'serverne lot seg ikke gjøre klare' 'the trackers could not be prepared') ($log)"; }
  plain_line 'Redmine og Request Tracker er klare' 'Redmine and Request Tracker are prepared'
}

install_packages() {
  local looks=()
  [[ $REWRITE ]] || looks=(NO_PROGRESS=yes)
  env "${looks[@]}" "$ROOT/config/install-packages" --servers || die "$(words 'pakkene lot seg ikke installere' 'the packages could not be installed')"
}

build_saksbro() {
  local log=$STATE/build.log
  plain_line 'Bygger Saksbro (build/)' 'Building Saksbro (build/)'
  (cd "$ROOT" && cmake --preset release) >"$log" 2>&1 ||
    { tail -n 30 "$log" >&2; die "cmake ($log)"; }
  set +e
  ninja -C "$ROOT/build" saksbro 2>&1 | tee -a "$log" | show_build
  local built=${PIPESTATUS[0]}
  set -e
  ((built == 0)) || { tail -n 30 "$log" >&2; die "ninja ($log)"; }
}

# --- each time --------------------------------------------------------------

start_everything() {
  heading 'Starter' 'Starting'
  rm -rf "$STATE"/saksbro.{db,db-shm,db-wal,log,pid} "$STATE"/alerts.{log,pid} "$STATE/config" "$STATE/mappings"
  choose_ports
  export REALSERVERS_LIFE=7200
  [[ ! $KEEP ]] || REALSERVERS_LIFE=86400
  mkdir -p "$STATE/config" "$STATE/mappings"
  local secret
  for secret in operator links innboks; do
    (umask 077; head -c 32 /dev/urandom | base64 >"$STATE/config/$secret.secret")
  done
  start_trackers
  start_mail
  start_sink
  open_other_tickets
  write_configuration
  start_saksbro
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The addresses are the same each time unless somebody else sits there.
choose_ports() {
  local port=8480 found=()
  while ((${#found[@]} < 7)); do
    if is_free "$port"; then found+=("$port"); fi
    port=$((port + 1))
  done
  WEBHOOKS_PORT=${found[0]} OPERATIONS_PORT=${found[1]} REDMINE_PORT=${found[2]} RT_PORT=${found[3]} SINK_PORT=${found[4]}
  SMTP_PORT=${found[5]} IMAP_PORT=${found[6]}
  REDMINE_URL=http://127.0.0.1:$REDMINE_PORT RT_URL=http://127.0.0.1:$RT_PORT
  REDMINE_WORLD=$STATE/redmine.json RT_WORLD=$STATE/rt.json
}

stands() { # NAME NB EN ADDRESS
  end_passing
  printf '  %s %s %s\n' "$(padded "$1" 16)" "$(padded "$(words "$2" "$3")" 20)" "$4"
}

start_trackers() {
  passing "  Redmine, Request Tracker"
  "$ROOT/tests/realservers/redmine.sh" start "$STATE/redmine" "$REDMINE_PORT" --template "$TEMPLATES/redmine" \
    >"$REDMINE_WORLD" 2>"$STATE/redmine.err" 8>&- &
  local redmine=$!
  "$ROOT/tests/realservers/rt.sh" start "$STATE/rt" "$RT_PORT" --template "$TEMPLATES/rt" \
    --webhook "http://127.0.0.1:$WEBHOOKS_PORT/hooks/operator" --webhook-secret-file "$STATE/config/operator.secret" \
    >"$RT_WORLD" 2>"$STATE/rt.err" 8>&- || { wait "$redmine"; tail -n 25 "$STATE/rt.err" >&2; die "Request Tracker"; }
  wait "$redmine" || { tail -n 25 "$STATE/redmine.err" >&2; die "Redmine"; }
  stands Redmine 'saksbehandlernes' 'the desk' "$REDMINE_URL"
  stands 'Request Tracker' 'driftsleverandørens' "the operator's" "$RT_URL"
}

# A socket's path must be short, and this checkout's may be long: so this one lies in /tmp.
start_mail() {
  local folder
  folder=$(mktemp -d /tmp/saksbro-mail.XXXXXX)
  echo "$folder" >"$STATE/mail.folder"
  "$ROOT/tests/realservers/mail.sh" start "$folder" "$SMTP_PORT" "$IMAP_PORT" "${MAILBOXES[@]}" \
    >"$STATE/mail.json" 2>"$STATE/mail.err" 8>&- || { tail -n 25 "$STATE/mail.err" >&2; die "exim, dovecot"; }
  stands "$(words E-post Mail)" 'alles postkasser' "everybody's mail" "imap://127.0.0.1:$IMAP_PORT"
}

start_sink() {
  setsid nohup perl "$HERE/alert-sink.pl" "$SINK_PORT" "$STATE/alerts.log" >"$STATE/alerts.err" 2>&1 </dev/null 8>&- &
  echo $! >"$STATE/alerts.pid"
}

# The operator has other customers; so its numbers are not the desk's by chance.
open_other_tickets() {
  local other
  for other in 1 2 3; do
    rt leif POST /ticket "$(jq -nc --arg n "$other" '{Queue: "Support", Subject: "Another customer \($n)", Content: "-", ContentType: "text/plain"}')" >/dev/null
  done
}

# The shipped sample with this world's addresses and ids. A line that is not there any more is an error.
put() { # FILE WHAT-TO-FIND REPLACEMENT
  grep -qE "$2" "$1" || die "$1: nothing there looks like $2"
  sed -i -E "s|$2|$3|" "$1"
}

write_configuration() {
  local mapping
  cp "$ROOT"/mappings/*.yaml "$STATE/mappings"
  [[ ! -d $ROOT/mappings/schemas ]] || cp -r "$ROOT/mappings/schemas" "$STATE/mappings"
  cp "$ROOT/config/saksbro.yaml" "$STATE/config"
  write_addresses "$STATE/config/saksbro.yaml"
  write_fields "$STATE/config/saksbro.yaml"
  put "$STATE/config/saksbro.yaml" '^language: nb' "language: $SPEAK"
  # The scenarios say what is written in Norwegian: in English most would not hold.
  [[ $SPEAK == nb ]] || put "$STATE/config/saksbro.yaml" '^  scenarios: .*' '  # scenarios: those of the sample say what is written in Norwegian'
  put "$STATE/mappings/desk.redmine.yaml" '^  second_line: \["[0-9]+"\]' "  second_line: [\"$(jq .users.kari "$REDMINE_WORLD")\"]"
  for mapping in "$STATE"/mappings/*.{redmine,rt,mail}.yaml; do
    put "$mapping" '^language: nb' "language: $SPEAK"
  done
}

write_addresses() { # CONFIGURATION
  put "$1" '^store: .*' 'store: ../saksbro.db'
  put "$1" 'webhooks: 127\.0\.0\.1:[0-9]+' "webhooks: 127.0.0.1:$WEBHOOKS_PORT"
  put "$1" 'operations: 127\.0\.0\.1:[0-9]+' "operations: 127.0.0.1:$OPERATIONS_PORT"
  put "$1" 'http://127\.0\.0\.1:8482' "$REDMINE_URL"
  put "$1" 'http://127\.0\.0\.1:8483' "$RT_URL"
  put "$1" 'http://127\.0\.0\.1:8484' "http://127.0.0.1:$SINK_PORT"
  put "$1" 'smtp://127\.0\.0\.1:8485' "smtp://127.0.0.1:$SMTP_PORT"
  put "$1" 'imap://127\.0\.0\.1:8486' "imap://127.0.0.1:$IMAP_PORT"
  put "$1" 'url: https://saksbro\.example\.no' "url: http://127.0.0.1:$WEBHOOKS_PORT"
  put "$1" '\{ env: OPERATOR_SECRET \}' '{ file: operator.secret }'
  put "$1" '\{ env: LINKS_SECRET \}' '{ file: links.secret }'
  put "$1" '\{ env: INNBOKS_SECRET \}' '{ file: innboks.secret }'
  put "$1" 'trust: authenticated' 'trust: anyone # this mail server vouches for nobody, and no mail comes from outside'
  # Those that take part in the story are asked each second, the others as in the sample.
  put "$1" 'poll: 30s' 'poll: 1s'
  put "$1" 'poll: 10s' 'poll: 1s'
  sed -i -E '/^  (third_line|lonn|skatt):/,/poll:/s|poll: 1s|poll: 30s|' "$1"
}

# The fields that the sample names, with the ids that they have here.
write_fields() { # CONFIGURATION
  local name id
  while IFS=$'\t' read -r name id; do
    sed -i -E "s/(^|[ {])$name: [0-9]+/\\1$name: $id/" "$1"
  done < <(jq -r '.custom_fields | to_entries[] | "\(.key)\t\(.value)"' "$REDMINE_WORLD")
}

start_saksbro() {
  local until=$((SECONDS + 20))
  local token
  token=$(jq -r .tokens.bro "$RT_WORLD") # one user of the bridge for all queues
  DESK_KEY=$(jq -r .keys.bro "$REDMINE_WORLD") OPERATOR_TOKEN=$token THIRD_LINE_TOKEN=$token LONN_TOKEN=$token SKATT_TOKEN=$token \
    INNBOKS_PASSWORD=$(jq -r --arg address "$SAKER" '.accounts[] | select(.address == $address).password' "$STATE/mail.json") \
    setsid nohup "$PROGRAM" --config "$STATE/config/saksbro.yaml" serve >"$STATE/saksbro.log" 2>&1 </dev/null 8>&- &
  SAKSBRO_PID=$!
  echo "$SAKSBRO_PID" >"$STATE/saksbro.pid"
  until curl -sf -o /dev/null --max-time 2 "http://127.0.0.1:$OPERATIONS_PORT/readyz"; do
    if ! kill -0 "$SAKSBRO_PID" 2>/dev/null || ((SECONDS > until)); then
      tail -n 25 "$STATE/saksbro.log" >&2
      die "saksbro serve ($STATE/saksbro.log)"
    fi
    sleep 0.1
  done
  stands Saksbro 'mellom dem' 'between them' "http://127.0.0.1:$OPERATIONS_PORT/metrics"
}

# --- the end ----------------------------------------------------------------

# Prints the pid of the file if that process is still the one that was started with these words.
own_pid() { # PID-FILE WORDS
  local pid
  [[ -s $1 ]] || return 0
  pid=$(<"$1")
  if { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF -- "$2"; then echo "$pid"; fi
}

stop_own() { # PID-FILE WORDS
  local pid until=$((SECONDS + 20))
  pid=$(own_pid "$1" "$2")
  [[ $pid ]] || return 0
  kill -TERM "$pid" 2>/dev/null || true
  while [[ $(own_pid "$1" "$2") ]]; do
    if ((SECONDS > until)); then kill -KILL "$pid" 2>/dev/null || true; fi
    sleep 0.05
  done
  rm -f "$1"
}

stop_everything() {
  stop_own "$STATE/saksbro.pid" "--config $STATE/config/saksbro.yaml serve"
  stop_own "$STATE/alerts.pid" "$STATE/alerts.log"
  local server
  for server in redmine rt; do
    [[ ! -d $STATE/$server ]] || "$ROOT/tests/realservers/$server.sh" stop "$STATE/$server"
  done
  stop_mail
}

stop_mail() {
  local folder
  [[ -s $STATE/mail.folder ]] || return 0
  folder=$(<"$STATE/mail.folder")
  if [[ -d $folder ]]; then "$ROOT/tests/realservers/mail.sh" stop "$folder"; fi
  rm -rf "$folder" "$STATE/mail.folder"
}
