# shellcheck shell=bash
# The people, each in the tracker that they always use, by their own keys. They know nothing of
# Saksbro but its commands in notes. World files: REDMINE_WORLD, RT_WORLD.

call() { curl -sS --fail-with-body --max-time 20 -H 'Content-Type: application/json' "$@"; }

# Keys go in by a file, so that they are in no process list. When two change an issue in the same
# moment, Redmine refuses one of them without a reason: whoever works there then presses again.
redmine() { # WHO METHOD PATH [JSON]
  local header answer tries
  header="header = \"X-Redmine-API-Key: $(jq -r ".keys.$1" "$REDMINE_WORLD")\""
  for tries in 1 2 3 4 5; do
    if answer=$(call -K <(printf '%s\n' "$header") -X "$2" "$REDMINE_URL$3" ${4:+--data "$4"}); then
      printf '%s' "$answer"
      return
    fi
    [[ $answer == '{"errors":[]}' ]] || break
    sleep "0.$tries"
  done
  printf '%s\n' "$answer" >&2
  return 1
}

rt() { # WHO METHOD PATH [JSON]
  local header
  header="header = \"Authorization: token $(jq -r ".tokens.$1" "$RT_WORLD")\""
  call -K <(printf '%s\n' "$header") -X "$2" "$RT_URL/REST/2.0$3" ${4:+--data "$4"}
}

# --- the desk ---------------------------------------------------------------

registers() { # WHO TITLE TEXT: prints the issue's number
  redmine "$1" POST /issues.json "$(jq -nc --arg title "$2" --arg text "$3" --arg per "$PER" --arg ase "$ASE" --slurpfile world "$REDMINE_WORLD" \
    '{issue: {project_id: "saksportal", tracker_id: $world[0].trackers.Sak, subject: $title, description: $text,
      custom_fields: ({Virksomhet: "UDE", Sluttbruker: "Åse Ødegård", "Sluttbrukers e-post": $ase, "Eier 1. linje": "Per Innmelder", "Eiers e-post": $per}
        | to_entries | map({id: $world[0].custom_fields[.key], value}))}}')" | jq .issue.id
}

writes() { # WHO ISSUE TEXT [private]
  redmine "$1" PUT "/issues/$2.json" "$(jq -nc --arg text "$3" --arg private "${4:-}" \
    '{issue: {notes: $text, private_notes: ($private != "")}}')"
}

sets() { # WHO ISSUE STATUS
  redmine "$1" PUT "/issues/$2.json" "$(jq -c --arg status "$3" '{issue: {status_id: .statuses[$status]}}' "$REDMINE_WORLD")"
  has_status "$2" "$3" || die "Redmine: $1 may not set issue $2 to '$3'"
}

issue() { redmine "${2:-bro}" GET "/issues/$1.json?include=journals"; } # ISSUE [WHO]
issue_status() { issue "$1" | jq -r .issue.status.name; }
issue_field() { issue "$1" | jq -r --arg name "$2" '.issue.custom_fields | map(select(.name == $name))[0].value // ""'; }

has_status() { [[ $(issue_status "$1") == "$2" ]]; } # ISSUE STATUS
has_field() { [[ $(issue_field "$1" "$2") ]]; }      # ISSUE FIELD
# Is there a note with these words that this person may see? ISSUE WHO WORDS
sees_note() {
  issue "$1" "$2" | jq -e --arg words "$3" 'any(.issue.journals[]; (.notes // "") | contains($words))' >/dev/null
}

# Prints Saksbro's case note on an issue as this person sees it, without the reference at its end.
case_note() { # ISSUE WHO
  issue "$1" "$2" | jq -r '.issue.journals[].notes // "" | gsub("\r"; "") | select(endswith("/note]"))' |
    sed $'/\\/note\\]$/d; /^$/d; s/\u2060//g' # and without what keeps Redmine from making links of it
}
note_says() { case_note "$1" "$2" | grep -q -- "$3"; } # ISSUE WHO PATTERN

# Prints the newest issue of a project, if there is one. PROJECT WHO
newest_issue() { redmine "$2" GET "/issues.json?project_id=$1&status_id=*&sort=id:desc&limit=1" | jq -r '.issues[0].id // ""'; }

# --- mail, and the links in it ----------------------------------------------

# Prints the mails with these words in their subject. ADDRESS WORDS
letters() {
  perl "$HERE/letters.pl" "$(jq -r --arg address "$1" '.accounts[] | select(.address == $address).maildir' "$STATE/mail.json")" |
    jq -c --arg words "$2" 'select(.subject | contains($words))'
}
has_letter() { [[ $(letters "$1" "$2") ]]; } # ADDRESS WORDS

# Prints the address that follows these words in a text on stdin. WORDS
link_after() { sed -n "s|.*$1 *\(http[^ ]*\).*|\1|p" | head -n1; }

# As a browser does: opens the page behind a link, and presses its button. Prints what stands on it.
presses() { # LINK
  local page seen
  page=$(curl -sSf --max-time 20 "$1/$SPEAK") || return
  seen=$(sed -n 's|.*name="seen" value="\([^"]*\)".*|\1|p' <<<"$page")
  curl -sSf --max-time 20 -o /dev/null --data-urlencode "seen=$seen" "$1/$SPEAK" || return
  sed -n 's|.*<button>\(.*\)</button>.*|\1|p' <<<"$page"
}

# --- the operator -----------------------------------------------------------

reports() { # WHO TITLE TEXT SEVERITY: prints the ticket's number
  rt "$1" POST /ticket "$(jq -nc --arg title "$2" --arg text "$3" --arg severity "$4" \
    '{Queue: "Leveranse", Subject: $title, Content: $text, ContentType: "text/plain", CustomFields: {Alvorlighet: $severity}}')" | jq -r .id
}

replies() { # WHO TICKET TEXT
  rt "$1" POST "/ticket/$2/correspond" "$(jq -nc --arg text "$3" '{Content: $text, ContentType: "text/plain"}')" >/dev/null
}

moves() { # WHO TICKET STATUS
  rt "$1" PUT "/ticket/$2" "$(jq -nc --arg status "$3" '{Status: $status}')" >/dev/null
  ticket_has_status "$2" "$3" || die "RT: $1 may not set ticket $2 to '$3'"
}

ticket() { rt leif GET "/ticket/$1"; }
ticket_status() { ticket "$1" | jq -r .Status; }
ticket_field() { ticket "$1" | jq -r --arg name "$2" '.CustomFields | map(select(.name == $name))[0].values[0] // ""'; }
ticket_has_status() { [[ $(ticket_status "$1") == "$2" ]]; }
ticket_has_field() { [[ $(ticket_field "$1" "$2") ]]; }

# Prints the ticket that carries this number of the customer's, if there is one.
ticket_of_customer() {
  local header query="Queue = 'Leveranse' AND CF.{Kundens saksnummer} = '$1'"
  header="header = \"Authorization: token $(jq -r .tokens.leif "$RT_WORLD")\""
  call -K <(printf '%s\n' "$header") -G --data-urlencode "query=$query" "$RT_URL/REST/2.0/tickets" | jq -r '.items[0].id // ""'
}
was_told() { # TICKET WORDS
  rt leif GET "/ticket/$1/attachments?fields=Content,ContentType&per_page=100" |
    jq -e --arg words "$2" 'any(.items[]; (.Content // "") | contains($words))' >/dev/null
}
