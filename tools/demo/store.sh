# The demo store, from whatever state it is in to Ready; sourced by tools/run.
# shellcheck shell=bash
# shellcheck disable=SC2154  # of tools/run

# ensure_store NAME ENGINE   returns when the store is Ready; 1 with a sentence when it cannot get there.
ensure_store() {
  local name=$1 engine=$2 retried=no phase reason
  while :; do
    phase=$(phase_of "$name") || return 1
    case $phase in
      Ready) return 0 ;;
      none) say "creating the store $name"; souk create "$name" --engine "$engine" || return 1 ;;
      Failed)
        reason=$(souk get "$name" --output json | jq -r '"\(.failure.reason): \(.failure.message)"')
        if [ $retried = yes ]; then printf 'The store %s failed again (%s): build/souk logs %s shows why.\n' "$name" "$reason" "$name" >&2; return 1; fi
        retried=yes
        say "the store $name had failed ($reason): trying again"
        souk retry "$name" || return 1 ;;
      Deleting) say "the store $name is being deleted and is made anew afterwards"; follow "$name" Deleting || return 1 ;;
      Requested | Provisioning) say "the store $name is being made"; follow "$name" Requested Provisioning || return 1 ;;
      *) say "the store $name is $phase: waiting until it is Ready"; follow "$name" "$phase" || return 1 ;;
    esac
  done
}

# The store's phase, or "none". Fails, with the CLI's sentence, when that is unknown.
phase_of() {
  local code=0 text
  text=$(souk get "$1" --output json 2>"$state/souk.err") || code=$?
  case $code in
    0) jq -r .phase <<<"$text" ;;
    5) echo none ;;
    *) cat "$state/souk.err" >&2; return 1 ;;
  esac
}

# follow NAME PHASE...   prints each change of the steps until the store has left these phases, for 20 minutes at most.
follow() {
  local name=$1 text line shown="" end=$((SECONDS + 1200)); shift
  while [ $SECONDS -lt $end ]; do
    # A store that is gone has left them, too; an outage is told by the next look at the phase.
    text=$(souk get "$name" --output json 2>/dev/null) || return 0
    case " $* " in *" $(jq -r .phase <<<"$text") "*) ;; *) return 0 ;; esac
    line=$(jq -r '.progress | "\(.percent)% \(.step // "waiting")" + (.step as $s | [.steps[] | select(.name == $s) | .message | select(. != "")] | first | if . then ": \(.)" else "" end)' <<<"$text")
    [ "$line" = "$shown" ] || printf '    %s\n' "$line"
    shown=$line
    sleep 1
  done
  printf 'The store %s is still %s after 20 minutes: build/souk get %s shows what it waits for.\n' "$name" "$(jq -r .phase <<<"$text")" "$name" >&2
  return 1
}

# What is printed must answer: soukd's last look may be older than the cluster's last start.
wait_answer() { # url
  local end=$((SECONDS + 180))
  until curl -fsS -m 5 -o /dev/null ${SOUK_ENTRY:+--connect-to "::$SOUK_ENTRY"} "$1" 2>/dev/null; do
    [ $SECONDS -lt $end ] || { printf '%s does not answer: build/souk get %s shows why.\n' "$1" "$demo" >&2; return 1; }
    sleep 1
  done
}
