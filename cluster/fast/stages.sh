#!/usr/bin/env bash
# Print kwok's configuration: its stock stages, told to leave the faults to ours, and our own.
#   stages.sh <kwok's stages folder> <pod log file>
set -euo pipefail
stock=$1 log=$2
own=$(dirname "${BASH_SOURCE[0]}")/stages
fault=".metadata.labels[\"souk.dev/test-fault\"]"
message=".metadata.annotations[\"souk.dev/test-termination\"]"

# Add a selector (and a delay) to a stock stage instead of copying it: its status template is kwok's business.
select_more() { # file name expressions [delay]
  awk -v name="$2" -v more="$3" -v delay="${4:-}" '
    /^  name:/ { $0 = "  name: " name }
    /^  next:/ && delay != "" { print delay }
    { print }
    /^    matchExpressions:/ { print more }' "$1"
  echo "---"
}
expression() { # key operator value...
  printf "    - {key: '%s', operator: %s" "$1" "$2"; shift 2
  [ $# -eq 0 ] || printf ', values: [%s]' "$(IFS=,; echo "$*")"
  echo "}"
}

select_more "$stock/pod/fast/pod-ready.yaml" pod-ready "$(expression "$fault" NotIn image-pull slow)"
select_more "$stock/pod/fast/pod-ready.yaml" pod-ready-slow "$(
  expression "$fault" In slow
  expression '.status.containerStatuses' Exists)" "  delay:
    durationMilliseconds: 5000
    durationFrom: {expressionFrom: '.metadata.annotations[\"souk.dev/test-delay\"]'}"
select_more "$stock/pod/fast/pod-complete.yaml" pod-complete "$(
  expression "$fault" NotIn job-failed
  expression "$message" DoesNotExist)"
for file in "$stock"/pod/fast/pod-delete.yaml "$stock"/node/fast/node-initialize.yaml \
            "$stock"/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml "$own"/*.yaml; do
  cat "$file"; echo "---"
done
cat <<E2
apiVersion: kwok.x-k8s.io/v1alpha1
kind: ClusterLogs
metadata: {name: every-pod}
spec:
  logs: [{logsFile: "$log", previousLogsFile: "$log", follow: true}]
E2
