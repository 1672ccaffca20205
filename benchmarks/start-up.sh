#!/usr/bin/env bash
# Measures commands as whole processes, from the start of the launcher to its end.
#
# usage: start-up.sh [RUNS] [FILE]
#
# RUNS is 21 unless given; FILE is an .ovf or .ova file, a small one of ours unless given.
# Prints median, fastest and slowest in milliseconds.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=$(dirname -- "$here")
runs=${1:-21}
file=${2:-$home/ovf-model/src/test/resources/io/intermodal/ovf/options.ovf}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if ! [[ "$runs" =~ ^[1-9][0-9]*$ ]] || [ ! -r "$file" ]; then
  sed -n 's/^# usage: /usage: /p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi

# One run in milliseconds; a command that fails ends the measurement.
once() {
  local from to
  from=$(date +%s%N)
  "$@" >/dev/null
  to=$(date +%s%N)
  echo $(((to - from) / 1000000))
}

measure() {
  local name=$1 run
  shift
  "$@" >/dev/null # builds, and makes the archive of classes, if need be
  for ((run = 0; run < runs; run++)); do once "$@"; done |
    sort -n |
    awk -v name="$name" '
      { ms[NR] = $1 }
      END {
        middle = NR % 2 ? ms[(NR + 1) / 2] : (ms[NR / 2] + ms[NR / 2 + 1]) / 2
        printf "%-26s median %4d ms   fastest %4d ms   slowest %4d ms\n", name, middle, ms[1], ms[NR]
      }'
}

echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); load: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "java: $("$java" -version 2>&1 | head -n 1); $runs runs of each"
measure "java -version" "$java" -version 2>/dev/null
measure "intermodal --version" "$home/intermodal" --version
measure "intermodal inspect --json" "$home/intermodal" inspect "$file" --json
