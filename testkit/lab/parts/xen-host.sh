# shellcheck shell=bash
# The Xen host: dom0 in an emulated machine, its libvirt and ssh forwarded from 127.0.0.1. Sourced by lab.

x() { timeout 60 virsh -q -c "$XEN_URI" "$@"; }
is_xen_alive() { pid_of "$RUN/dom0.pid" qemu-system-x86_64 >/dev/null; }
# The forwarded port accepts before anybody listens behind it, and such a connection hangs: hence the short limit.
xen_answers() { timeout 10 virsh -q -c "$XEN_URI" list >/dev/null 2>&1; }

# The image stays clean: what dom0 writes goes to an overlay that ends with it.
xen_boot() {
  XEN_POWER_ON=$(now)
  qemu-img create -q -f qcow2 -b "$LAB/images/dom0.raw" -F raw "$LAB/dom0.qcow2"
  # npt: without it Xen has no hardware-assisted paging, and PVH and HVM guests fail.
  # One CPU: with two emulated ones the boot takes about four times as long.
  # tcg is said outright: a /dev/kvm that opens is no proof that it works.
  qemu-system-x86_64 -name intermodal-dom0 -accel tcg,thread=multi -cpu qemu64,+npt -smp 1 -m "${INTERMODAL_LAB_XEN_MIB:-3072}" \
    -display none -no-reboot -daemonize -pidfile "$RUN/dom0.pid" -serial "file:$LOGS/dom0-console.log" \
    -drive "file=$LAB/dom0.qcow2,if=virtio,cache=unsafe" \
    -netdev "user,id=n,hostfwd=tcp:127.0.0.1:$SSH_PORT-:22,hostfwd=tcp:127.0.0.1:$XEN_PORT-:16509" \
    -device virtio-net-pci,netdev=n 9>&- || die "cannot start the machine of the Xen host: QEMU refused"
  say "the Xen host is booting"
}

xen_wait() {
  local limit=$((SECONDS + 600))
  until xen_answers; do
    is_xen_alive || die "cannot reach the Xen host: it has ended; see $LOGS/dom0-console.log"
    [ "$SECONDS" -lt "$limit" ] || die "cannot reach libvirt on the Xen host after ten minutes: see $LOGS/dom0-console.log"
    sleep 1
  done
  [ -z "${XEN_POWER_ON:-}" ] || say "libvirt on the Xen host answers $(since "$XEN_POWER_ON") s after power-on"
  x net-info default >/dev/null 2>&1 || network_xml "$SUBNET" | x net-define /dev/stdin >/dev/null
  listed default x net-list || x net-start default >/dev/null
  x pool-info srv >/dev/null 2>&1 || x pool-define-as srv dir --target /srv >/dev/null
  listed srv x pool-list || x pool-start srv >/dev/null
}

# Nothing of the Xen host is kept, so it need not shut down.
xen_stop() {
  local pid
  # A frozen one would not hear.
  if pid=$(pid_of "$RUN/dom0.pid" qemu-system-x86_64); then kill -CONT "$pid"; fi
  end "$RUN/dom0.pid" qemu-system-x86_64 10
  rm -f "$LAB/dom0.qcow2"
}

xen_signal() {
  local pid
  enter_lab
  pid=$(pid_of "$RUN/dom0.pid" qemu-system-x86_64) || die "cannot freeze or thaw the Xen host of $LAB: it does not run"
  kill -"$1" "$pid"
}
