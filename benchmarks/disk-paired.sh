#!/bin/sh
# Compares our copy of an OVA member to a compressed qcow2 with qemu-img's, run by run, in turn.
#
# usage: disk-paired.sh FOLDER [REPETITIONS] [VIRTUAL_MIB:DATA_MIB ...]
#
# FOLDER is created, must be on a file system with room for three times the data, and is emptied
# of what was made in it. Needs qemu-img, GNU time, java 17+, and the built modules.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:?usage: disk-paired.sh FOLDER [REPETITIONS] [VIRTUAL_MIB:DATA_MIB ...]}
reps=${2:-5}
shift; [ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 1024:432 4096:1734
classes="$here/target/classes:$here/../converters/disk-images/target/classes:$here/../base/target/classes"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mkdir -p "$work"
run="$work/runs.txt"; : > "$run"
clean() { rm -f "$work"/disk.raw "$work"/disk.vmdk "$work"/guest.ova "$work"/input.properties "$work"/out.qcow2 "$work"/time.txt; }
trap 'clean; rm -f "$run"' EXIT INT TERM
LC_ALL=C; export LC_ALL

echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1); SHA instructions: $(grep -qw sha_ni /proc/cpuinfo && echo yes || echo no)"
echo "memory: $(sed -n 's/^MemTotal: *//p' /proc/meminfo); file system: $(stat -f -c %T "$work"); load: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "peer: $(qemu-img --version | head -1)"
echo "ours: $("$java" -version 2>&1 | head -1), -Xmx256m, a fresh JVM each time"

busy_percent() {
  a=$(awk '/^cpu /{print $2+$3+$4+$6+$7+$8, $5}' /proc/stat); sleep 1
  b=$(awk '/^cpu /{print $2+$3+$4+$6+$7+$8, $5}' /proc/stat)
  echo "$a $b" | awk '{t=($3-$1)+($4-$2); print (t > 0 ? int(100 * ($3-$1) / t) : 0)}'
}
quiet() {
  rm -f "$work/out.qcow2"; sync
  loaded=
  i=0; while [ "$(busy_percent)" -ge 25 ]; do i=$((i+1)); [ $i -lt 25 ] || { loaded=" loaded"; break; }; done
}
# measure SIZE VARIANT COMMAND...: wall, user and system seconds, peak KiB, KiB on the disk
measure() {
  size=$1; variant=$2; shift 2
  quiet
  /usr/bin/time -f '%e %U %S %M' -o "$work/time.txt" "$@"
  figures=$(tail -1 "$work/time.txt")
  qemu-img check -q -f qcow2 "$work/out.qcow2"
  qemu-img compare -q -f vmdk -F qcow2 "$work/disk.vmdk" "$work/out.qcow2"
  echo "$size $variant $figures $(du -k "$work/out.qcow2" | cut -f1)$loaded" | tee -a "$run"
}
ours() { measure "$1" "ours-$2" "$java" -Xmx256m -cp "$classes" io.intermodal.benchmark.DiskPaired copy "$work" "$work/out.qcow2" "$2"; }

for size in "$@"; do
  clean
  "$java" -Xmx512m -cp "$classes" io.intermodal.benchmark.DiskPaired make "$work" "${size%:*}" "${size#*:}"
  cat "$work/guest.ova" "$work/disk.vmdk" > /dev/null
  echo "size variant wall_s user_s sys_s peak_KiB disk_KiB"
  r=0
  while [ $r -lt "$reps" ]; do
    r=$((r+1))
    ours "$size" digest
    ours "$size" content
    # The peer is given the member already unpacked, and checks no digest.
    measure "$size" qemu-img qemu-img convert -c -m 8 -W -f vmdk -O qcow2 "$work/disk.vmdk" "$work/out.qcow2"
  done
done

echo
echo "medians: size variant wall_s cpu_s peak_KiB; wall and CPU of qemu-img as a multiple of ours"
median() { sort -n | awk '{v[NR]=$1} END {print NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
column() { awk -v s="$1" -v v="$2" "\$1==s && \$2==v {print $3}" "$run" | median; }
for size in "$@"; do
  peer_wall=$(column "$size" qemu-img '$3'); peer_cpu=$(column "$size" qemu-img '$4+$5')
  for variant in ours-digest ours-content qemu-img; do
    wall=$(column "$size" $variant '$3'); cpu=$(column "$size" $variant '$4+$5')
    echo "$size $variant $wall $cpu $(column "$size" $variant '$6')" "$(echo "$peer_wall $wall $peer_cpu $cpu" | awk '{printf "%.1fx wall, %.1fx CPU", $1/$2, $3/$4}')"
  done
done
