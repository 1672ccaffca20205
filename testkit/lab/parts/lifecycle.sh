# shellcheck shell=bash
# The commands up, down and status. Sourced by lab.

lab_up() {
  local started
  need_root "start the lab"
  enter_lab
  mkdir -p "$RUN" "$LOGS"
  take_lock
  started=$(now)
  trap 'exit 130' INT TERM HUP
  trap undo_up EXIT
  STARTED=()
  WAS_RUNNING=
  [ ! -e "$RUN/settings" ] || WAS_RUNNING=yes
  if [ -n "$WAS_RUNNING" ] && ! something_runs; then
    # Killed, or the machine was started anew: what is left of it is of no use.
    qemu_host_stop
    forget_run
    mkdir -p "$RUN"
    WAS_RUNNING=
  fi

  install_packages
  remove_half_images
  prepare_ssh
  choose_addresses
  build_image tiny
  if [ -n "$WITH_XEN" ]; then
    build_image dom0
    write_ssh_config
    if ! is_xen_alive; then
      STARTED+=(xen)
      xen_boot
    fi
  fi
  build_image guest
  write_ssh_config
  if ! pid_of "$RUN/libvirtd.pid" libvirtd >/dev/null; then STARTED+=(qemu); fi
  qemu_host_start "$SUBNET" 0
  plug_in
  if is_xen_alive; then xen_wait; fi
  write_properties
  trap - EXIT
  say "the lab is up after $(since "$started") s"
  echo "properties: $LAB/lab.properties"
  grep '\.uri=' "$LAB/lab.properties"
}

# What a failed or interrupted up began, and nothing that ran before.
undo_up() {
  local code=$? part
  trap - EXIT
  stop_building
  remove_half_images
  for part in "${STARTED[@]}"; do
    case "$part" in
      xen) xen_stop ;;
      qemu) qemu_host_stop ;;
    esac
  done
  [ -n "$WAS_RUNNING" ] || forget_run
  say "the lab is not up; its logs are in $LOGS"
  exit "$code"
}

lab_down() {
  need_root "stop the lab"
  enter_lab
  take_lock
  rm -f "$LAB/lab.properties"
  xen_stop
  qemu_host_stop
  remove_half_images
  forget_run
  say "the lab is down; kept: $(kept)"
}

something_runs() {
  pid_of "$RUN/anchor.pid" sleep >/dev/null || pid_of "$RUN/libvirtd.pid" libvirtd >/dev/null || is_xen_alive
}

# Ports of a Xen host that does not run are chosen anew: another may have taken them meanwhile.
choose_addresses() {
  # shellcheck disable=SC1091
  [ ! -e "$RUN/settings" ] || . "$RUN/settings"
  if ! is_xen_alive; then
    SSH_PORT=$(chosen_port INTERMODAL_LAB_SSH_PORT 2223)
    XEN_PORT=$(chosen_port INTERMODAL_LAB_XEN_PORT 16609)
  fi
  [ -n "${SUBNET:-}" ] || SUBNET=${INTERMODAL_LAB_SUBNET:-$(free_subnet)}
  VETH=lab-$(sha256sum <<<"$LAB" | cut -c1-8)
  XEN_URI="xen+tcp://127.0.0.1:$XEN_PORT/system"
  printf '%s\n' "SUBNET=$SUBNET" "SSH_PORT=$SSH_PORT" "XEN_PORT=$XEN_PORT" >"$RUN/settings"
}

# chosen_port VARIABLE FIRST: what the user asked for, if it is free; else the first free one.
chosen_port() {
  local wanted=${!1:-}
  [ -n "$wanted" ] || wanted=$(free_port "$2")
  port_is_free "$wanted" || die "cannot use port $wanted on 127.0.0.1: it is taken; name another by $1"
  echo "$wanted"
}

# A subnet that no route of the machine but the default one leads to, above or below.
free_subnet() {
  local n routes
  for ((n = 150; n < 200; n++)); do
    routes=$(ip -4 route show root "192.168.$n.0/24"; ip -4 route show match "192.168.$n.0/24")
    if ! grep -qv '^default' <<<"${routes:-default}"; then
      echo "192.168.$n"
      return
    fi
  done
  die "cannot find a free subnet: 192.168.150 to 192.168.199 are in use; name one by INTERMODAL_LAB_SUBNET"
}

write_properties() {
  {
    echo "qemu.uri=$QEMU_URI"
    echo "qemu.pool=lab"
    echo "qemu.subnet=$SUBNET.0/24"
    if is_xen_alive; then
      echo "xen.uri=$XEN_URI"
      echo "xen.pool=srv"
      echo "xen.pool.path=/srv"
      echo "xen.ssh.host=lab-dom0"
    fi
    echo "ssh.config=$LAB/ssh/config"
    echo "ssh.guest.alias=lab-guest"
    echo "guest.mac=$GUEST_MAC"
    echo "guest.address=$SUBNET.10"
    echo "images=$LAB/images"
    echo "lab.dir=$LAB"
    echo "lab.command=$LAB_COMMAND"
  } >"$LAB/lab.properties.new"
  write_hosts >"$LAB/hosts.json"
  mv "$LAB/lab.properties.new" "$LAB/lab.properties"
}

# The same for "intermodal survey run --hosts".
write_hosts() {
  local login
  login="\"user\":\"root\",\"keyFile\":\"$LAB/ssh/id_ed25519\",\"knownHosts\":\"$LAB/ssh/known_hosts\",\"hostAlias\":\"lab-guest\""
  echo '{"schema":"io.intermodal.hosts/1","hosts":['
  echo " {\"name\":\"QEMU\",\"uri\":\"$QEMU_URI&pool=lab\",\"network\":\"default\",\"ssh\":{$login}}"
  if is_xen_alive; then
    echo ",{\"name\":\"Xen\",\"uri\":\"$XEN_URI?pool=srv\",\"network\":\"default\",\"ssh\":{$login,"
    echo "  \"jump\":{\"user\":\"root\",\"host\":\"127.0.0.1\",\"port\":$SSH_PORT,\"hostAlias\":\"lab-dom0\"}}}"
  fi
  echo ']}'
}

forget_run() { rm -rf --one-file-system "$RUN" "$LAB/state" "$LAB/pool" "$LAB/small" "$LAB/dom0.qcow2" "$LAB/lab.properties" "$LAB/hosts.json"; }

kept() { echo "images ($(du -sh "$LAB/images" 2>/dev/null | cut -f1)), keys and logs in $LAB"; }

lab_status() {
  local code=0 running=0
  enter_lab
  # shellcheck disable=SC1091
  [ ! -e "$RUN/settings" ] || . "$RUN/settings"
  if pid_of "$RUN/libvirtd.pid" libvirtd >/dev/null; then
    running=$((running + 1))
    if q list >/dev/null 2>&1; then
      echo "QEMU host  runs, $(q list --uuid | grep -c .) guests  $QEMU_URI"
    else
      echo "QEMU host  runs, does not answer; see $LOGS/libvirtd.log"
      code=1
    fi
  else
    echo "QEMU host  does not run"
  fi
  if is_xen_alive; then
    running=$((running + 1))
    XEN_URI="xen+tcp://127.0.0.1:$XEN_PORT/system"
    if xen_answers; then
      echo "Xen host   runs, $(($(x list --uuid | grep -c .) - 1)) guests  $XEN_URI"
    else
      echo "Xen host   runs, does not answer; see $LOGS/dom0-console.log"
      code=1
    fi
  else
    echo "Xen host   does not run"
  fi
  if [ "$running" = 0 ]; then
    code=3
  elif [ -e "$LAB/lab.properties" ]; then
    echo "properties $LAB/lab.properties"
    [ "$running" = "$(grep -c '\.uri=' "$LAB/lab.properties")" ] || code=1
  else
    echo "properties missing: half started; lab up goes on, lab down cleans"
    code=1
  fi
  return $code
}
