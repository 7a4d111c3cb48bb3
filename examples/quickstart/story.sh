# shellcheck shell=bash
# The two cases. Each deed is done by a person in that person's tracker or mailbox; all else is
# Saksbro's.
# The activities' numbers are those of the routine (mappings/m1.yaml, m2.yaml).

remember_case() { # ISSUE
  CASE=$(issue_field "$1" Saksnummer)
}

play_m1() {
  local title solution issue ticket button
  title=$(words 'Faktura kan ikke godkjennes' 'Invoices cannot be approved')
  solution=$(words 'Tjenesten er startet på nytt. Det virker nå.' 'The service has been restarted. It works now.')
  heading "M.1, teknisk feil: en sak fra en bruker går til driftsleverandøren og kommer løst tilbake" \
    "M.1, a technical fault: a user's case goes to the operator, and comes back solved"

  issue=$(registers per "$title" "$(words 'Knappen «Godkjenn» svarer ikke.' 'The button "Approve" does not answer.')")
  did per "Redmine: registrerer «$title» som #$issue" "Redmine: registers \"$title\" as #$issue"
  await 'Saksbros saksnummer' "Saksbro's case number" has_field "$issue" Saksnummer
  remember_case "$issue"
  follows Saksbro "saken er $CASE" "the case is $CASE"

  sets kari "$issue" 'Under arbeid'
  did kari "Redmine: tar saken, status Under arbeid" "Redmine: takes the case, status Under arbeid"
  writes kari "$issue" "$(words $'Feilen er teknisk.\n/sak videresend drift' $'The fault is technical.\n/case forward operator')" private
  did kari 'Redmine: skriver «/sak videresend drift» i et internt notat' 'Redmine: writes "/case forward operator" in a private note'
  await 'en sak i RT' 'a ticket in RT' eval "ticket=\$(ticket_of_customer '#$issue'); [[ \$ticket ]]"
  follows RT "sak #$ticket er åpnet, med Kundens saksnummer #$issue" "ticket #$ticket is opened, with the customer's number #$issue"
  DESK_TO_OPERATOR=$LAST_TOOK
  await 'AVVENTER' 'AVVENTER' has_status "$issue" AVVENTER
  follows Redmine "#$issue er AVVENTER" "#$issue is AVVENTER"
  await 'RTs nummer i Redmine' "RT's number in Redmine" has_field "$issue" 'Leverandørens saksnummer'
  follows Redmine "#$issue har Leverandørens saksnummer $(issue_field "$issue" 'Leverandørens saksnummer')" \
    "#$issue has the operator's number $(issue_field "$issue" 'Leverandørens saksnummer')"
  await 'spørsmålet om info' 'the question of info' sees_note "$issue" kari '(M.1.3.2)'
  follows Redmine "#$issue: «Skal 1. linje informeres (M.1.3.2)?»" "#$issue: \"Should 1st line be told (M.1.3.2)?\""
  await 'saksnotatet' 'the case note' note_says "$issue" per 'M\.1\.3\.2'
  follows Redmine "#$issue, saksnotatet, som Saksbro holder ved like:" "#$issue, the case note, which Saksbro keeps up to date:"
  case_note "$issue" per | quoted

  writes kari "$issue" "$(words '/sak info nei' '/case info no')" private
  did kari 'Redmine: svarer «/sak info nei»' 'Redmine: answers "/case info no"'

  moves leif "$ticket" 'under behandling'
  replies leif "$ticket" "$solution"
  did leif "RT: tar sak #$ticket og svarer «$solution»" "RT: takes ticket #$ticket and replies \"$solution\""
  moves leif "$ticket" løst
  did leif "RT: setter sak #$ticket til løst" "RT: sets ticket #$ticket to løst"
  await 'LØST' 'LØST' has_status "$issue" LØST
  follows Redmine "#$issue er LØST" "#$issue is LØST"
  OPERATOR_TO_DESK=$LAST_TOOK
  await 'løsningen' 'the solution' sees_note "$issue" per "$solution"
  follows Redmine "#$issue har løsningen i et notat som per ser" "#$issue has the solution in a note that per sees"

  told_by_mail "$PER" per "Saken #$issue er løst" "Case #$issue is solved"
  told_by_mail "$ASE" åse 'Er saken løst?' 'Is it solved?'

  button=$(presses "$(letters "$ASE" "$title" | jq -r .text | link_after "$(words 'Ja, det virker nå:' 'Yes, it works now:')")") ||
    die "$(words 'lenken virker ikke' 'the link does not work')"
  did åse "E-post: følger lenken, og trykker på «$button»" "Mail: follows the link, and presses \"$button\""
  await 'bekreftelsen' 'the confirmation' has_value "$CASE" bekreftelse
  follows Saksbro "saken er bekreftet løst" "the case is confirmed as solved"
  writes per "$issue" "$(words '/sak lukk' '/case close')"
  did per 'Redmine: «/sak lukk»' 'Redmine: "/case close"'
  ends_everywhere "$issue" "$ticket"
  M1_CASE=$CASE M1_ISSUE=$issue M1_TICKET=$ticket
}

told_by_mail() { # ADDRESS WHO NB EN: a mail with these words in its subject
  local subject words
  words=$(words "$3" "$4")
  await "«$3»" "\"$4\"" has_letter "$1" "$words"
  subject=$(letters "$1" "$words" | jq -r .subject | head -n1)
  follows "$(words E-post Mail)" "til $2: «$subject»" "to $2: \"$subject\""
}

has_value() { [[ $(saksbro cases show --json "$1" | jq -r --arg name "$2" '.values[$name] // ""') ]]; } # CASE NAME

play_m2() {
  local title solution issue ticket button bym
  title=$(words 'Databasen for Agresso svarer ikke' 'The database of Agresso does not answer')
  solution=$(words 'Disken er byttet, databasen er oppe.' 'The disk has been replaced, the database is up.')
  CASE=''
  heading 'M.2.1, kritisk feil: driftsleverandøren melder, 2. linje varsles, sluttbrukerne informeres' \
    'M.2.1, a critical fault: the operator reports it, 2nd line is alerted, the end users are told'

  ticket=$(reports leif "$title" "$(words 'Stanset 06:40. Vi feilsøker.' 'Stopped at 06:40. We are looking into it.')" 'A - kritisk')
  did leif "RT: åpner sak #$ticket «$title», A - kritisk" "RT: opens ticket #$ticket \"$title\", A - kritisk"
  await 'varselet' 'the alert' grep -qsF "$title" "$STATE/alerts.log"
  follows "$(words Varsel Alert)" "vakten varsles: $(jq -r .title "$STATE/alerts.log" | head -n1)" "the duty officer: $(jq -r .title "$STATE/alerts.log" | head -n1)"
  await 'vårt nummer i RT' 'our number in RT' ticket_has_field "$ticket" 'Kundens saksnummer'
  issue=$(ticket_field "$ticket" 'Kundens saksnummer')
  issue=${issue#\#}
  remember_case "$issue"
  follows Redmine "#$issue er åpnet med RTs nummer #$ticket; saken er $CASE" "#$issue is opened with RT's number #$ticket; the case is $CASE"
  follows RT "sak #$ticket har Kundens saksnummer #$issue" "ticket #$ticket has the customer's number #$issue"
  await 'spørsmålet om info' 'the question of info' sees_note "$issue" kari "$(words 'Skal sluttbrukerne informeres?' 'Should the end users be told?')"
  follows Redmine "#$issue: «Skal sluttbrukerne informeres?»" "#$issue: \"Should the end users be told?\""

  told_by_mail "$VAKT" vakt "$title" "$title"
  button=$(presses "$(jq -r .text "$STATE/alerts.log" | link_after "$(words 'eller her:' 'or here:')")") ||
    die "$(words 'lenken virker ikke' 'the link does not work')"
  did vakt "Varsel: følger lenken, og trykker på «$button»" "Alert: follows the link, and presses \"$button\""
  writes kari "$issue" "$(words '/sak info ja Bruk papirskjema til i morgen.' '/case info yes Use paper forms until tomorrow.')" private
  did kari 'Redmine: «/sak info ja Bruk papirskjema til i morgen.»' 'Redmine: "/case info yes Use paper forms until tomorrow."'
  await 'meldingen til 1. linje' 'the message to 1st line' sees_note "$issue" per "$(words 'papirskjema' 'paper forms')"
  follows Redmine "#$issue: meldingen til 1. linje, som per ser" "#$issue: the message to 1st line, which per sees"
  await 'saken hos Bymiljøetaten' "Bymiljøetaten's ticket" eval "bym=\$(newest_issue bym eva); [[ \$bym ]]"
  follows Redmine "#$bym er åpnet hos Bymiljøetaten, der eva ser den" "#$bym is opened in Bymiljøetaten's project, where eva sees it"
  await 'AVVENTER' 'AVVENTER' has_status "$issue" AVVENTER
  follows Redmine "#$issue er AVVENTER" "#$issue is AVVENTER"
  sets eva "$bym" 'Under arbeid'
  sets eva "$bym" LØST
  did eva "Redmine: har informert sine brukere, setter #$bym til LØST" "Redmine: has told the end users, sets #$bym to LØST"
  writes per "$issue" "$(words '/sak informert' '/case informed')"
  did per 'Redmine: har informert sine brukere, «/sak informert»' 'Redmine: has told the end users, "/case informed"'
  await 'kvitteringene' 'the receipts' note_says "$issue" per "$(words 'er informert: HEL$' 'are informed: HEL$')"
  follows Redmine "#$issue, i saksnotatet:" "#$issue, in the case note:"
  case_note "$issue" per | grep 'HEL$' | quoted

  moves leif "$ticket" 'under behandling'
  replies leif "$ticket" "$solution"
  moves leif "$ticket" løst
  did leif "RT: svarer «$solution», sak #$ticket er løst" "RT: replies \"$solution\", ticket #$ticket is løst"
  await 'LØST' 'LØST' has_status "$issue" LØST
  follows Redmine "#$issue er LØST" "#$issue is LØST"
  await 'løsningen' 'the solution' sees_note "$issue" per "$solution"
  follows Redmine "#$issue har løsningen i et notat som per ser" "#$issue has the solution in a note that per sees"

  writes per "$issue" "$(words '/sak lukk' '/case close')"
  did per 'Redmine: «/sak lukk»' 'Redmine: "/case close"'
  ends_everywhere "$issue" "$ticket"
  M2_CASE=$CASE M2_ISSUE=$issue M2_TICKET=$ticket
}

ends_everywhere() { # ISSUE TICKET
  await 'LUKKET' 'LUKKET' has_status "$1" LUKKET
  follows Redmine "#$1 er LUKKET" "#$1 is LUKKET"
  await 'beskjed til RT' 'RT is told' was_told "$2" "$(words 'lukket hos kunden' 'customer has closed the case')"
  await 'lukket i RT' 'lukket in RT' ticket_has_status "$2" lukket
  follows RT "sak #$2 har fått beskjed, og er lukket" "ticket #$2 is told, and lukket"
}

# Trusts nothing that was printed above: the numbers are read from the trackers again.
check_cross_references() { # CASE ISSUE TICKET
  local in_saksbro in_redmine in_rt
  in_saksbro=$(saksbro cases show --json "$1" | jq -r '"\(.status) \(.tickets.desk.number) \(.tickets.operator.number)"')
  in_redmine="$(issue_status "$2") $(issue_field "$2" Saksnummer) $(issue_field "$2" 'Leverandørens saksnummer')"
  in_rt="$(ticket_status "$3") $(ticket_field "$3" 'Kundens saksnummer')"
  printf '  %s   %s %s\n' "$1" "$(padded "Redmine #$2" 12)" "$(issue_status "$2"), Saksnummer $(issue_field "$2" Saksnummer), Leverandørens saksnummer $(issue_field "$2" 'Leverandørens saksnummer')"
  printf '  %s   %s %s\n' "$(padded '' ${#1})" "$(padded "RT #$3" 12)" "$(ticket_status "$3"), Kundens saksnummer $(ticket_field "$3" 'Kundens saksnummer')"
  [[ $in_saksbro == "LUKKET #$2 #$3" && $in_redmine == "LUKKET $1 #$3" && $in_rt == "lukket #$2" ]] ||
    die "$(words 'numrene stemmer ikke' 'the numbers do not agree'): '$in_saksbro', '$in_redmine', '$in_rt'"
}

memory_mb() { awk '/^VmRSS/ {printf "%d", $2 / 1024}' "/proc/$SAKSBRO_PID/status"; }

shows() { printf '\n%s$ saksbro %s%s\n' "$BOLD" "$*" "$PLAIN"; saksbro "$@"; } # VERB...

tell_the_end() {
  heading 'Alle numre, lest fra systemene selv' 'All numbers, read from the systems themselves'
  check_cross_references "$M1_CASE" "$M1_ISSUE" "$M1_TICKET"
  check_cross_references "$M2_CASE" "$M2_ISSUE" "$M2_TICKET"
  shows cases
  shows outbox
  shows deviations
  shows report --month "$(date +%Y-%m)"
  printf '\n'
  plain_line "Fra endring til virkning: Redmine → RT $(seconds "$DESK_TO_OPERATOR") (Redmine spørres hvert sekund), RT → Redmine $(seconds "$OPERATOR_TO_DESK") (webhook). Minne: $(memory_mb) MB" \
    "From change to effect: Redmine → RT $(seconds "$DESK_TO_OPERATOR") (Redmine is polled each second), RT → Redmine $(seconds "$OPERATOR_TO_DESK") (webhook). Memory: $(memory_mb) MB"
  plain_line "Begge saker er LUKKET. Hele kjøringen tok $(seconds $(($(now_ms) - BEGAN)))." \
    "Both cases are LUKKET. All of it took $(seconds $(($(now_ms) - BEGAN)))."
  if [[ $KEEP ]]; then tell_what_is_left; fi
}

tell_what_is_left() {
  LEFT_RUNNING=yes
  heading 'Alt går videre. Prøv selv:' 'Everything goes on running. Try it yourself:'
  printf '  Redmine   %s/projects/saksportal/issues?set_filter=1&status_id=*\n' "$REDMINE_URL"
  jq -r '.passwords | to_entries[] | select(.key == ("kari", "per", "eva")) | "            \(.key) / \(.value)"' "$REDMINE_WORLD"
  printf '  RT        %s\n            leif / %s\n' "$RT_URL" "$(jq -r .passwords.leif "$RT_WORLD")"
  printf '  %s    imap://127.0.0.1:%s, smtp://127.0.0.1:%s\n' "$(words E-post 'Mail  ')" "$IMAP_PORT" "$SMTP_PORT"
  jq -r '.accounts[:4][] | "            \(.address) / \(.password)"' "$STATE/mail.json"
  printf '  Saksbro   %s --config %s explain %s\n' "${PROGRAM#"$PWD/"}" "${STATE#"$PWD/"}/config/saksbro.yaml" "$M1_CASE"
  printf '            %s\n' "tail -f ${STATE#"$PWD/"}/saksbro.log"
  plain_line 'Stopp det hele med: examples/quickstart/run --stop' 'Stop it all by: examples/quickstart/run --stop'
}
