#!/usr/bin/env bash
# Measures how long descriptors take to read, findings and machines included; builds first.
#
# usage: ovf.sh [CORPUS]
#
# CORPUS is a folder of descriptors, which are read one after the other in one JVM; without it
# only descriptors made for the purpose are read: about 100 kB, 1 MB and 4 MB long.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
corpus=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$here/.." && mvn -q -B -ntp -DskipTests -Dspotless.check.skip=true -pl benchmarks -am package)
run() { "$java" -cp "$here/target/classes:$here/target/lib/*" io.intermodal.benchmark.OvfReading "$@"; }
median() { sort -n | awk '{v[NR]=$1} END {print NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }

echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); load: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "java: $("$java" -version 2>&1 | head -n 1)"
for size in 100000 1000000 4000000; do run make "$work/$size.ovf" "$size"; done

echo "first read of a fresh JVM, 100 kB: $(for ((i = 0; i < 11; i++)); do run first "$work/100000.ovf"; done | median) ms (median of 11)"
for size in 100000 1000000; do
  for what in read warm; do
    # Three JVMs, since each compiles a little differently.
    for ((i = 0; i < 3; i++)); do run "$what" "$work/$size.ovf"; done | sort -n -k2 | sed -n 2p |
      awk -v what="$([ "$what" = read ] && echo "read alone" || echo "with findings and machines")" \
        '{printf "warm, %d bytes, %s: %d us of CPU, %d us of wall\n", $1, what, $2, $3}'
  done
done
for heap in 16 24 32 48 64 96 128 200; do
  if "$java" "-Xmx${heap}m" -cp "$here/target/classes:$here/target/lib/*" io.intermodal.benchmark.OvfReading first "$work/4000000.ovf" >/dev/null 2>&1; then
    echo "4 MB fit a heap of $heap MB"
    break
  fi
done
if [ -n "$corpus" ]; then
  for ((i = 0; i < 5; i++)); do run all "$corpus"; done | sort -n | sed -n 3p |
    awk '{printf "%d descriptors of %s, %d bytes, in one JVM from its start: %d ms (%d are refused)\n", $2, "'"$corpus"'", $4, $1, $3}'
fi
