#!/usr/bin/env bash
# Compares our copies of a disk with qemu-img's, run by run, in turn.
#
# usage: disk.sh FOLDER [REPETITIONS] [ROW...]
#
# FOLDER keeps the disk that is made once (disk-input.sh) and what is made of it; 30 GB of room for the large one.
# REPETITIONS is 5 unless given. ROW is one or more of
#   ova        out of an OVA, digests verified: to compressed qcow2, to qcow2, to raw
#   compress   raw and qcow2 to streamOptimized VMDK
#   plain      raw to each format that we write and back, nothing compressed
#   fixed      a disk of 16 MiB: what it costs to start
#   scale      1, 4 and 16 times the data: time and memory
#   huge       2 TiB with 10 GB of data in a heap of 256 MiB; not among those measured when none is named
# Environment: DISK=small for a disk of 55 MB in place of 2 GB; HEAP (256m); WAIT (25), the most seconds to wait before
# a run until others leave the machine in peace. Each output of ours is compared with the source by qemu-img; a wrong
# one ends the series. Needs qemu-img, GNU time, GNU tar, openssl, the built modules (mvn package -DskipTests).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${1:?usage: disk.sh FOLDER [REPETITIONS] [ROW...]}
reps=${2:-5}
rows=("${@:3}")
[ ${#rows[@]} -gt 0 ] || rows=(ova compress plain fixed scale)
disk=${DISK:-large} heap=${HEAP:-256m} wait=${WAIT:-25}
export LC_ALL=C
mkdir -p "$work"
work=$(cd "$work" && pwd)
# Jars, since a folder of classes has none of those for newer JDKs.
classes=
for module in benchmarks converters/disk-images ovf-model base; do
  jar=$(find "$here/../$module/target" -maxdepth 1 -name 'intermodal-*-SNAPSHOT.jar' 2>/dev/null | head -n 1)
  [ -n "$jar" ] || {
    echo "disk.sh: build first: mvn -q package -DskipTests" >&2
    exit 3
  }
  classes=$classes${classes:+:}$(realpath "$jar")
done
# As the launcher starts Java: one thread that collects, and an archive of classes.
java=(${JAVA_HOME:+"$JAVA_HOME/bin/"}java "-Xmx$heap" -XX:+UseSerialGC -XX:-UsePerfData)
"${java[@]}" --enable-native-access=ALL-UNNAMED -version >/dev/null 2>&1 && java+=(--enable-native-access=ALL-UNNAMED)
# shellcheck disable=SC2206
java+=(${JAVA_OPTS:-})
runs=$work/runs.txt
: >"$runs"
trap 'rm -rf "$work"/out.* "$work/unpacked" "$work/time.txt"' EXIT

# How qemu-img names a format of ours, with its options; nothing for one that it cannot write.
peer_format() {
  case $1 in
    raw) echo raw ;;
    qcow2) echo qcow2 ;;
    vmdk-streamOptimized) echo vmdk -o subformat=streamOptimized ;;
    vmdk-monolithicSparse) echo vmdk -o subformat=monolithicSparse ;;
    vhd-fixed) echo vpc -o subformat=fixed,force_size=on ;;
    vhd-dynamic) echo vpc -o subformat=dynamic,force_size=on ;;
    vhdx) echo vhdx -o subformat=dynamic ;;
    vdi) echo vdi ;;
  esac
}

busy_percent() {
  local a b
  a=$(awk '/^cpu /{print $2+$3+$4+$6+$7+$8, $5}' /proc/stat)
  sleep 1
  b=$(awk '/^cpu /{print $2+$3+$4+$6+$7+$8, $5}' /proc/stat)
  echo "$a $b" | awk '{t=($3-$1)+($4-$2); print (t > 0 ? int(100 * ($3-$1) / t) : 0)}'
}

quiet() {
  rm -rf "$work"/out.* "$work/unpacked"
  sync
  loaded=
  local i=0
  [ "$wait" -gt 0 ] || { loaded=loaded; return; }
  while [ "$(busy_percent)" -ge 25 ]; do
    i=$((i + 1))
    [ $i -lt "$wait" ] || { loaded=loaded; break; }
  done
}

# measure ROW VARIANT COMMAND...: adds row, variant, wall, user and system seconds, peak KiB, KiB of the output
measure() {
  local row=$1 variant=$2 figures
  shift 2
  quiet
  /usr/bin/time -f '%e %U %S %M' -o "$work/time.txt" "$@"
  figures=$(tail -n 1 "$work/time.txt")
  echo "$row $variant $figures $(du -ck "$work"/out.* | tail -n 1 | cut -f1) $loaded" | tee -a "$runs"
}

# ours ROW VARIANT SOURCE FORMAT FORMAT COMPRESSION CHECK [JUDGE]: measures, then qemu-img judges against JUDGE, a raw disk
ours() {
  local row=$1 variant=$2 source=$3 from=$4 to=$5 compression=$6 check=$7 judge=${8:-$work/disk.raw} peer
  measure "$row" "$variant" "${java[@]}" -cp "$classes" io.intermodal.benchmark.DiskRun copy \
    "$source" "$from" "$work/out.$to" "$to" "$compression" "$check"
  read -r peer _ <<<"$(peer_format "$to")"
  qemu-img compare -q -f raw -F "$peer" "$judge" "$work/out.$to" || {
    echo "disk.sh: $row $variant: the output differs from the source" >&2
    exit 1
  }
  case $peer in qcow2 | vdi | vhdx) qemu-img check -q -f "$peer" "$work/out.$to" ;; esac
}

peer() {
  local row=$1
  shift
  measure "$row" qemu-img qemu-img convert "$@"
}

median() { sort -n | awk '{v[NR]=$1} END {print NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
column() { awk -v r="$1" -v v="$2" "\$1==r && \$2==v {print $3}" "$runs" | median; }

# table ROW PEER VARIANT...: medians of the variants, and the peer's wall and CPU as a multiple of them
table() {
  local row=$1 other=$2 variant
  shift 2
  for variant in "$@" "$other"; do
    echo "$row $variant $(column "$row" "$variant" '$3') $(column "$row" "$variant" '$4+$5')" \
      "$(column "$row" "$variant" '$6') $(column "$row" "$variant" '$7')" \
      "$(column "$row" "$other" '$3') $(column "$row" "$other" '$4+$5') $(column "$row" "$other" '$7')"
  done | awk '{printf "| %s | %s | %.2f s | %.2f s | %d MB | %d MB | %.2fx | %.2fx | %+.1f %% |\n",
    $1, $2, $3, $4, $5 / 1024, $6 / 1024, $7 / ($3 > 0 ? $3 : 0.01), $8 / ($4 > 0 ? $4 : 0.01), 100 * ($6 / $9 - 1)}' >>"$work/table.txt"
}

# The usual recipe: unpack, compare the digests, convert.
recipe() {
  local script='mkdir "$1/unpacked" && cd "$1/unpacked" && tar xf "$1/guest.ova" &&
    sed -n "s/SHA256(\(.*\))= \(.*\)/\2  \1/p" guest.mf | sha256sum -c --quiet &&
    qemu-img convert -f vmdk -O raw guest-disk1.vmdk "$1/out.raw"'
  measure to-raw tar+sha256sum+qemu-img bash -c "$script" recipe "$work"
}

row_ova() {
  local r
  for ((r = 0; r < reps; r++)); do
    ours to-packed-qcow2 ours-digest "$work/guest.ova" - qcow2 fast digest
    ours to-packed-qcow2 ours-content "$work/guest.ova" - qcow2 fast content
    peer to-packed-qcow2 -c -m 8 -W -f vmdk -O qcow2 "$work/disk.vmdk" "$work/out.qcow2"
    ours to-qcow2 ours "$work/guest.ova" - qcow2 none digest
    peer to-qcow2 -m 8 -W -f vmdk -O qcow2 "$work/disk.vmdk" "$work/out.qcow2"
    # The same run is also what ours to compressed qcow2 is held against.
    tail -n 1 "$runs" | sed 's/^to-qcow2 qemu-img/to-packed-qcow2 qemu-img-unpacked/' >>"$runs"
    ours to-raw ours "$work/guest.ova" - raw none digest
    peer to-raw -f vmdk -O raw "$work/disk.vmdk" "$work/out.raw"
    recipe
  done
  table to-packed-qcow2 qemu-img ours-digest ours-content
  table to-packed-qcow2 qemu-img-unpacked ours-digest
  table to-qcow2 qemu-img ours
  table to-raw tar+sha256sum+qemu-img ours
  table to-raw qemu-img ours
}

row_compress() {
  local r to=vmdk-streamOptimized
  for ((r = 0; r < reps; r++)); do
    ours raw-to-streamOptimized ours-small "$work/disk.raw" raw $to small digest
    ours raw-to-streamOptimized ours-fast "$work/disk.raw" raw $to fast digest
    peer raw-to-streamOptimized -m 8 -f raw -O vmdk -o subformat=streamOptimized "$work/disk.raw" "$work/out.vmdk"
    ours qcow2-to-streamOptimized ours "$work/disk.qcow2" qcow2 $to fast digest
    peer qcow2-to-streamOptimized -m 8 -f qcow2 -O vmdk -o subformat=streamOptimized "$work/disk.qcow2" "$work/out.vmdk"
  done
  table raw-to-streamOptimized qemu-img ours-small ours-fast
  table qcow2-to-streamOptimized qemu-img ours
}

row_plain() {
  local r format from options
  local formats=()
  for format in $("${java[@]}" -cp "$classes" io.intermodal.benchmark.DiskRun formats); do
    case $format in raw | vmdk-streamOptimized) ;; *) [ -z "$(peer_format "$format")" ] || formats+=("$format") ;; esac
  done
  for format in "${formats[@]}"; do
    read -r from options <<<"$(peer_format "$format")"
    # shellcheck disable=SC2086
    [ -e "$work/from.$format" ] || qemu-img convert -m 8 -W -f raw -O "$from" $options "$work/disk.raw" "$work/from.$format"
  done
  for ((r = 0; r < reps; r++)); do
    for format in "${formats[@]}"; do
      read -r from options <<<"$(peer_format "$format")"
      ours "raw-to-$format" ours "$work/disk.raw" raw "$format" none digest
      # shellcheck disable=SC2086
      peer "raw-to-$format" -m 8 -W -f raw -O "$from" $options "$work/disk.raw" "$work/out.$format"
      ours "$format-to-raw" ours "$work/from.$format" "$format" raw none digest
      peer "$format-to-raw" -m 8 -W -f "$from" -O raw "$work/from.$format" "$work/out.raw"
    done
  done
  for format in "${formats[@]}"; do
    table "raw-to-$format" qemu-img ours
    table "$format-to-raw" qemu-img ours
  done
}

# Ours as one of many conversions in a JVM that runs already, theirs as the process that it is.
row_fixed() {
  local ours theirs from to r
  local raw=$work/sixteen.raw
  truncate -s 16M "$raw"
  dd if="$work/disk.raw" of="$raw" bs=1M skip=64 count=8 conv=notrunc status=none
  qemu-img convert -f raw -O vmdk -o subformat=streamOptimized "$raw" "$work/sixteen.vmdk"
  for pair in raw:qcow2:qcow2 raw:vmdk-streamOptimized:"vmdk -o subformat=streamOptimized" vmdk-streamOptimized:raw:raw; do
    IFS=: read -r from to theirs <<<"$pair"
    local source=$raw
    [ "$from" = raw ] || source=$work/sixteen.vmdk
    rm -f "$work"/out.*
    ours=$("${java[@]}" -cp "$classes" io.intermodal.benchmark.DiskRun warm 80 "$source" "$from" "$work/out.x" "$to" fast digest)
    qemu-img compare -q -f raw -F "${theirs%% *}" "$raw" "$work/out.x"
    theirs=$(for ((r = 0; r < 21; r++)); do
      rm -f "$work/out.y"
      local start
      start=$(date +%s%N)
      # shellcheck disable=SC2086
      qemu-img convert -f "$([ "$from" = raw ] && echo raw || echo vmdk)" -O $theirs "$source" "$work/out.y"
      echo $((($(date +%s%N) - start) / 1000))
    done | median)
    echo "fixed $from to $to, 16 MiB: ours in a running JVM $ours ms, qemu-img as a process $(awk -v t="$theirs" 'BEGIN {printf "%.1f", t / 1000}') ms" | tee -a "$work/table.txt"
  done
}

row_scale() {
  local unit=$work/disk.raw times n r
  # As many copies of one piece one behind the other: the same content, more of it.
  dd if="$unit" of="$work/piece.raw" bs=1M count="$([ "$disk" = small ] && echo 32 || echo 256)" conv=sparse status=none
  for times in 1 4 16; do
    rm -f "$work/scale.raw"
    for ((n = 0; n < times; n++)); do
      dd if="$work/piece.raw" of="$work/scale.raw" bs=1M oflag=append conv=notrunc status=none
    done
    qemu-img convert -f raw -O vmdk -o subformat=streamOptimized "$work/scale.raw" "$work/scale.vmdk"
    for ((r = 0; r < reps; r++)); do
      ours "scale-${times}x-vmdk-to-qcow2" ours "$work/scale.vmdk" vmdk-streamOptimized qcow2 fast content "$work/scale.raw"
      peer "scale-${times}x-vmdk-to-qcow2" -c -m 8 -W -f vmdk -O qcow2 "$work/scale.vmdk" "$work/out.qcow2"
      ours "scale-${times}x-raw-to-vmdk" ours "$work/scale.raw" raw vmdk-streamOptimized fast digest "$work/scale.raw"
      peer "scale-${times}x-raw-to-vmdk" -m 8 -f raw -O vmdk -o subformat=streamOptimized "$work/scale.raw" "$work/out.vmdk"
    done
    table "scale-${times}x-vmdk-to-qcow2" qemu-img ours
    table "scale-${times}x-raw-to-vmdk" qemu-img ours
  done
  rm -f "$work/scale.raw" "$work/scale.vmdk" "$work/piece.raw"
}

# The data is the disk again and again; a qcow2 around it can be made larger without any cost.
row_huge() {
  local n copies=5
  if [ ! -e "$work/huge.qcow2" ]; then
    for ((n = 0; n < copies; n++)); do
      dd if="$work/disk.raw" of="$work/huge.raw" bs=1M seek=$((n * $(stat -c %s "$work/disk.raw") >> 20)) conv=sparse,notrunc status=none
    done
    qemu-img convert -c -m 8 -W -f raw -O qcow2 "$work/huge.raw" "$work/making.qcow2"
    rm "$work/huge.raw"
    qemu-img resize -q "$work/making.qcow2" $(((2 << 40) - 65536))
    mv "$work/making.qcow2" "$work/huge.qcow2"
  fi
  for to in vmdk-streamOptimized qcow2 raw; do
    measure huge-to-$to ours "${java[@]}" -cp "$classes" io.intermodal.benchmark.DiskRun copy \
      "$work/huge.qcow2" qcow2 "$work/out.$to" "$to" none digest
    read -r peer _ <<<"$(peer_format "$to")"
    qemu-img compare -q -f qcow2 -F "$peer" "$work/huge.qcow2" "$work/out.$to"
    table huge-to-$to ours
  done
}

{
  echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); SHA instructions: $(grep -qw sha_ni /proc/cpuinfo && echo yes || echo no)"
  echo "memory: $(sed -n 's/^MemTotal: *//p' /proc/meminfo); file system: $(stat -f -c %T "$work"); load: $(cut -d' ' -f1-3 /proc/loadavg)"
  echo "peer: $(qemu-img --version | head -n 1)"
  echo "ours: $("${java[@]}" -version 2>&1 | head -n 1), ${java[*]:1}, a class archive, a fresh JVM each time"
  "$here/disk-input.sh" "$work" "$disk"
} | tee "$work/table.txt"
rm -f "$work/classes.jsa" "$work"/out.*
"${java[@]}" -XX:ArchiveClassesAtExit="$work/classes.jsa" -cp "$classes" io.intermodal.benchmark.DiskRun copy \
  "$work/guest.ova" - "$work/out.qcow2" qcow2 fast digest >/dev/null 2>&1
java+=(-XX:SharedArchiveFile="$work/classes.jsa")
cat "$work/guest.ova" "$work/disk.vmdk" "$work/disk.qcow2" "$work/disk.raw" >/dev/null
echo "row variant wall_s user_s sys_s peak_KiB output_KiB"
{
  echo
  echo "| row | variant | wall | CPU | peak memory | output | peer's wall is | its CPU is | output beside the peer's |"
  echo "|---|---|---|---|---|---|---|---|---|"
} >>"$work/table.txt"
for row in "${rows[@]}"; do
  "row_$row"
done
if grep -q 'loaded$' "$runs"; then
  echo "$(grep -c 'loaded$' "$runs") of $(wc -l <"$runs") runs on a loaded machine: trust CPU seconds, not the wall" >>"$work/table.txt"
fi
echo
cat "$work/table.txt"
