# shellcheck shell=bash
# The images, built once and kept: an image is made anew when its recipe, the keys in it or the month changes.
# Sourced by lab.

IMAGE_NAMES=(tiny guest dom0)

image_key() {
  local recipe=$LAB_HOME/images
  {
    echo "bookworm $(date +%Y-%m) ${INTERMODAL_LAB_MIRROR:-}"
    cat "$recipe/$1"
    if [ "$1" != tiny ]; then
      cat "$recipe/debian.sh" "$LAB/ssh/id_ed25519.pub"
    fi
    case "$1" in
      guest) echo "${INTERMODAL_LAB_PACKAGES:-}" ;;
      dom0) cat "$recipe/tiny" ;; # it lies in dom0 as well
    esac
  } | sha256sum | cut -c1-16
}

has_image() { [ "$(cat "$LAB/images/$1.key" 2>/dev/null)" = "$(image_key "$1")" ]; }

# The key is removed before and written after the files, so that an interrupted build counts as none.
build_image() {
  local started log=$LOGS/build-$1.log
  if has_image "$1"; then return; fi
  if [ -n "$WAS_RUNNING" ] && [ -e "$LAB/images/$1.key" ]; then
    say "the image $1 is of an older recipe, and in use; for a new one: lab down, lab up"
    return
  fi
  started=$(now)
  say "building the image $1"
  mkdir -p "$LAB/images"
  WORK=$(mktemp -d "$LAB/build.XXXXXX")
  mkdir "$WORK/out"
  # In namespaces of its own, so that neither mounts nor processes outlive this command however it ends.
  LAB=$LAB WORK=$WORK setpriv --pdeathsig KILL unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
    "$LAB_HOME/images/$1" >"$log" 2>&1 9>&- </dev/null &
  BUILDER=$!
  if ! wait "$BUILDER"; then
    tail -n 30 "$log" >&2
    die "cannot build the image $1: see $log"
  fi
  BUILDER=
  rm -f "$LAB/images/$1".*
  mv "$WORK/out"/* "$LAB/images/"
  rm -rf --one-file-system "$WORK"
  image_key "$1" >"$LAB/images/$1.key"
  say "$1 built in $(since "$started") s"
}

stop_building() {
  [ -n "${BUILDER:-}" ] || return 0
  kill -KILL "$BUILDER" 2>/dev/null || true
  wait "$BUILDER" 2>/dev/null || true
  BUILDER=
}

remove_half_images() {
  local left name
  for left in "$LAB"/build.*; do
    [ ! -d "$left" ] || rm -rf --one-file-system "$left"
  done
  for name in "${IMAGE_NAMES[@]}"; do
    [ -e "$LAB/images/$name.key" ] || rm -f "$LAB/images/$name".*
  done
}

# The lab's own key pair and what ssh needs to know; host keys come out of the images.
prepare_ssh() {
  local dir=$LAB/ssh
  install -d -m 700 "$dir"
  [ -f "$dir/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C intermodal-lab -f "$dir/id_ed25519"
}

write_ssh_config() {
  local dir=$LAB/ssh name
  cat >"$dir/config" <<CONFIG
Host *
  User root
  IdentityFile "$dir/id_ed25519"
  IdentitiesOnly yes
  BatchMode yes
  ConnectTimeout 10
  LogLevel ERROR
  UserKnownHostsFile "$dir/known_hosts"
  StrictHostKeyChecking yes
Host lab-dom0
  HostName 127.0.0.1
  Port ${SSH_PORT:-0}
  HostKeyAlias lab-dom0
Host lab-guest-*
  HostKeyAlias lab-guest
CONFIG
  for name in guest dom0; do
    [ ! -e "$LAB/images/$name.hostkey" ] || echo "lab-$name $(cat "$LAB/images/$name.hostkey")"
  done >"$dir/known_hosts"
}
