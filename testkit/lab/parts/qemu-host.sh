# shellcheck shell=bash
# A QEMU host: a libvirtd of its own, without systemd, in namespaces of its own. Sourced by lab.
#
# A process that only sleeps, the anchor, holds a mount and a network namespace. In the first, /etc/libvirt,
# /run/libvirt, /var/lib/libvirt, /var/cache/libvirt and /var/log/libvirt are folders of the lab, so that an installed
# libvirt is neither read nor changed. The second keeps bridge, firewall rules and ip_forward away from the machine:
# they end with the anchor, and no other libvirt meets them. libvirtd may be killed and started again in both.

inside() { nsenter -t "$ANCHOR" -m -n -- "$@"; }
q() { timeout 60 virsh -q -c "$QEMU_URI" "$@"; }
# listed NAME COMMAND...: virsh pads names with blanks.
listed() { "${@:2}" --name | awk -v n="$1" '$1 == n { found = 1 } END { exit !found }'; }

# hold_namespaces SMALL_MIB: with more than 0, a file system of that size is mounted for the pool "small".
hold_namespaces() {
  local state=$LAB/state
  mkdir -p "$state"/etc/{nwfilter,qemu/networks} "$state"/{lib,cache,log} "$RUN/libvirt" "$LAB/pool" "$LAB/small"
  rm -f "$RUN/ready"
  # shellcheck disable=SC2016
  STATE=$state RUN=$RUN SMALL=$LAB/small MIB=$1 setsid unshare --mount --propagation slave --net sh -euc '
    echo $$ >"$RUN/anchor.pid"
    mount -t sysfs sysfs /sys
    for folder in etc/libvirt run/libvirt var/lib/libvirt var/cache/libvirt var/log/libvirt; do mkdir -p "/$folder"; done
    mount --bind "$STATE/etc" /etc/libvirt
    mount --bind "$RUN/libvirt" /run/libvirt
    mount --bind "$STATE/lib" /var/lib/libvirt
    mount --bind "$STATE/cache" /var/cache/libvirt
    mount --bind "$STATE/log" /var/log/libvirt
    [ "$MIB" = 0 ] || mount -t tmpfs -o "size=${MIB}m" intermodal-lab "$SMALL"
    ip link set lo up
    : >"$RUN/ready"
    exec sleep infinity' </dev/null >"$LOGS/anchor.log" 2>&1 9>&- &
  wait_for 20 test -e "$RUN/ready" || die "cannot make namespaces for libvirtd: $(tail -n 1 "$LOGS/anchor.log")"
  ANCHOR=$(pid_of "$RUN/anchor.pid" sleep) || wait_for 5 pid_of "$RUN/anchor.pid" sleep || true
  ANCHOR=$(pid_of "$RUN/anchor.pid" sleep) || die "cannot hold namespaces for libvirtd: see $LOGS/anchor.log"
}

write_libvirt_settings() {
  local etc=$LAB/state/etc
  cp -n /usr/share/libvirt/nwfilter/*.xml "$etc/nwfilter/"
  cat >"$etc/libvirtd.conf" <<CONFIG
listen_tls = 0
listen_tcp = 0
auth_unix_rw = "none"
unix_sock_rw_perms = "0700"
log_outputs = "2:file:$LOGS/libvirtd.log"
CONFIG
  cat >"$etc/qemu.conf" <<'CONFIG'
security_driver = "none"
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
seccomp_sandbox = 0
CONFIG
}

# One network for both hypervisors, apart from each other: with its MAC a guest keeps its address when it moves, as
# dnsmasq derives one from the other; one pair is reserved. The record of a public address is the lab's own.
network_xml() {
  cat <<XML
<network>
  <name>default</name>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='off' delay='0'/>
  <domain name='lab.internal' localOnly='yes'/>
  <dns><host ip='194.25.2.129'><hostname>dns.isp.t-ipnet.de</hostname></host></dns>
  <ip address='$1.1' netmask='255.255.255.0' localPtr='yes'>
    <dhcp>
      <range start='$1.20' end='$1.250'/>
      <host mac='$GUEST_MAC' ip='$1.10'/>
    </dhcp>
  </ip>
</network>
XML
}
GUEST_MAC=52:54:00:1a:b0:0a

# qemu_host_start SUBNET SMALL_MIB: libvirtd answers, with the network "default" and the pool "lab".
qemu_host_start() {
  ANCHOR=$(pid_of "$RUN/anchor.pid" sleep) || hold_namespaces "$2"
  if ! pid_of "$RUN/libvirtd.pid" libvirtd >/dev/null; then
    write_libvirt_settings
    rm -f "$RUN/libvirtd.pid"
    inside libvirtd --daemon --config /etc/libvirt/libvirtd.conf --pid-file "$RUN/libvirtd.pid" </dev/null 9>&- ||
      die "cannot start libvirtd: see $LOGS/libvirtd.log"
  fi
  wait_for 60 q list || die "cannot reach libvirtd after a minute: see $LOGS/libvirtd.log"
  q net-info default >/dev/null 2>&1 || network_xml "$1" | q net-define /dev/stdin >/dev/null
  listed default q net-list || q net-start default >/dev/null
  make_pool lab "$LAB/pool"
  [ "$2" = 0 ] || make_pool small "$LAB/small"
}

make_pool() {
  q pool-info "$1" >/dev/null 2>&1 || q pool-define-as "$1" dir --target "$2" >/dev/null
  listed "$1" q pool-list || q pool-start "$1" >/dev/null
}

# The machine becomes a neighbour of the guests: a cable of which one end is in their bridge.
plug_in() {
  ip link show "$VETH" >/dev/null 2>&1 && return
  ip link add "$VETH" type veth peer name uplink netns "$ANCHOR"
  ip link set "$VETH" addrgenmode none
  ip addr add "$SUBNET.254/24" dev "$VETH"
  ip link set "$VETH" up
  inside ip link set uplink master virbr0 up
}

qemu_host_kill() {
  local pid
  pid=$(pid_of "$RUN/libvirtd.pid" libvirtd) || die "cannot kill libvirtd of $LAB: it does not run"
  kill -9 "$pid"
  wait_for 10 is_gone "$pid" || die "cannot kill libvirtd of $LAB: process $pid ignores SIGKILL"
  rm -f "$RUN/libvirtd.pid"
}

# Guests are ended as by pulling the plug; what libvirtd did not see end is found by the process ids it wrote down.
qemu_host_stop() {
  local file left
  ANCHOR=$(pid_of "$RUN/anchor.pid" sleep) || ANCHOR=
  end "$RUN/libvirtd.pid" libvirtd 15
  for file in "$RUN"/libvirt/qemu/*.pid; do [ ! -e "$file" ] || end "$file" qemu-system-x86_64 5; done
  for file in "$RUN"/libvirt/network/*.pid; do [ ! -e "$file" ] || end "$file" dnsmasq 5; done
  left=
  if [ -n "$ANCHOR" ]; then
    for file in /proc/[0-9]*; do
      if [ "$file" != "/proc/$ANCHOR" ] && [ "$(readlink "$file/ns/net" 2>/dev/null)" = "$(readlink "/proc/$ANCHOR/ns/net")" ]; then
        left+=" ${file#/proc/} ($(cat "$file/comm" 2>/dev/null))"
      fi
    done
  fi
  end "$RUN/anchor.pid" sleep 5
  [ -z "$left" ] || say "left alone in the lab's network, not started by the lab:$left"
}

# A private host has no cable, so that any subnet will do.
private_host_up() {
  need_root "start a QEMU host"
  mkdir -p "$RUN" "$LOGS"
  take_lock
  qemu_host_start 192.168.150 24
  echo "qemu.uri=$QEMU_URI"
}

private_host_down() {
  need_root "stop a QEMU host"
  take_lock
  qemu_host_stop
  rm -rf --one-file-system "$RUN" "$LAB/state" "$LAB/pool" "$LAB/small"
}
