#!/usr/bin/env bash
# Compares our verification of an OVA with openssl's digest of the same file, run by run, in turn; builds first.
#
# usage: ova-digest.sh FOLDER [REPETITIONS] [MIB ...]
#
# FOLDER is created and holds an OVA of each size in turn. Needs openssl and GNU time.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=${1:?usage: ova-digest.sh FOLDER [REPETITIONS] [MIB ...]}
reps=${2:-7}
shift; [ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 1024 4096
LC_ALL=C; export LC_ALL
mkdir -p "$work"
trap 'rm -f "$work/guest.ova" "$work/runs.txt" "$work/time.txt"' EXIT

(cd "$here/.." && mvn -q -B -ntp -DskipTests -Dspotless.check.skip=true -pl benchmarks -am package)
run() { "$java" -cp "$here/target/classes:$here/target/lib/*" io.intermodal.benchmark.OvaVerifying "$@"; }
echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); SHA instructions: $(grep -qw sha_ni /proc/cpuinfo && echo yes || echo no); load: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "java: $("$java" -version 2>&1 | head -n 1); peer: $(openssl version); $reps runs of each"

measure() {
  local variant=$1
  shift
  /usr/bin/time -f "$variant %e %U %S" -o "$work/time.txt" "$@" >/dev/null
  tail -n 1 "$work/time.txt" >>"$work/runs.txt"
}
median() { sort -n | awk '{v[NR]=$1} END {print NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
column() { awk -v v="$1" "\$1==v {print $2}" "$work/runs.txt" | median; }

for mib in "$@"; do
  rm -f "$work/guest.ova"
  : >"$work/runs.txt"
  run make "$work/guest.ova" "$mib"
  cat "$work/guest.ova" >/dev/null # into the page cache
  for ((i = 0; i < reps; i++)); do
    measure ours "$java" -cp "$here/target/classes:$here/target/lib/*" io.intermodal.benchmark.OvaVerifying verify "$work/guest.ova"
    measure openssl openssl dgst -sha256 "$work/guest.ova"
  done
  ours=$(column ours '$2'); peer=$(column openssl '$2')
  echo "$mib MiB: ours $ours s wall, $(column ours '$3+$4') s CPU; openssl $peer s wall, $(column openssl '$3+$4') s CPU; wall $(echo "$ours $peer" | awk '{printf "%.2f", $1/$2}')x"
done
