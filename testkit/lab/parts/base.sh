# shellcheck shell=bash
# Where things lie, what is said, and which processes are ours. Sourced by lab.

export LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
umask 022

say() { printf '%(%H:%M:%S)T %s\n' -1 "$*" >&2; }
die() {
  echo "lab: $*" >&2
  exit 1
}

now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }

# enter DIR: everything that is written from here on lies in DIR.
enter() {
  [[ $1 =~ ^[A-Za-z0-9/._+-]+$ ]] || die "cannot use the folder $1: only letters, digits and / . _ + - can be told to QEMU and libvirt alike; name another by INTERMODAL_LAB_DIR"
  mkdir -p "$1" || die "cannot make the folder $1; name another by INTERMODAL_LAB_DIR"
  LAB=$(cd "$1" && pwd)
  RUN=$LAB/run       # sockets, process ids, chosen addresses; gone after down
  LOGS=$LAB/logs
  SOCKET=$RUN/libvirt/libvirt-sock
  # sun_path of unix(7) has 108 bytes with its final zero
  [ ${#SOCKET} -le 107 ] || die "cannot use the folder $LAB: the path of libvirt's socket in it has ${#SOCKET} bytes, a Unix socket allows 107; name a shorter one by INTERMODAL_LAB_DIR"
  QEMU_URI="qemu+unix:///system?socket=$SOCKET"
}

enter_lab() { enter "${INTERMODAL_LAB_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/intermodal-lab}"; }

need_root() { [ "$(id -u)" = 0 ] || die "cannot $1: namespaces, bridge and loop mounts need root; run it as root"; }

# One command at a time works on a lab; what it starts must not inherit the lock (9>&-).
take_lock() {
  exec 9>"$LAB/lock"
  if ! flock -n 9; then
    say "waiting for another lab command on $LAB"
    flock 9
  fi
}

# wait_for SECONDS COMMAND...: runs the command until it succeeds.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

# pid_of FILE PROGRAM: prints the process id in FILE if that process lives and is PROGRAM.
pid_of() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "${2:0:15}" ] && echo "$pid"
}

is_gone() { [ ! -e "/proc/$1" ] || grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

# end FILE PROGRAM SECONDS: ends exactly the process in FILE, by force where it does not obey in time.
end() {
  local pid
  if pid=$(pid_of "$1" "$2"); then
    kill "$pid" 2>/dev/null || true
    if ! wait_for "$3" is_gone "$pid"; then
      kill -9 "$pid" 2>/dev/null || true
      wait_for 10 is_gone "$pid" || die "cannot end $2 with process id $pid: it ignores SIGKILL"
    fi
  fi
  rm -f "$1"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FIRST: prints the first free port of 127.0.0.1 from FIRST on.
free_port() {
  local port
  for ((port = $1; port < $1 + 100; port++)); do
    if port_is_free "$port"; then
      echo "$port"
      return
    fi
  done
  die "cannot find a free port: $1 to $((port - 1)) on 127.0.0.1 are taken"
}
