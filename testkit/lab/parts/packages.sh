# shellcheck shell=bash
# What has to be installed on the machine. Sourced by lab.

PACKAGES=(
  # the QEMU host
  qemu-system-x86 qemu-utils seabios ipxe-qemu
  libvirt-daemon libvirt-daemon-system libvirt-clients libvirt-daemon-driver-qemu
  libvirt-daemon-config-network libvirt-daemon-config-nwfilter dnsmasq-base iptables ebtables iproute2 util-linux
  # building images
  mmdebstrap debian-archive-keyring e2fsprogs fdisk extlinux syslinux-common cpio openssh-client
)

install_packages() {
  local package missing=() started log=$LOGS/install.log policy=/usr/sbin/policy-rc.d
  command -v dpkg-query >/dev/null || die "cannot install what the lab needs: this is not Debian"
  for package in "${PACKAGES[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  started=$(now)
  (
    # Debian starts what it installs; the lab wants the programs, not a libvirtd of the machine.
    if [ ! -e "$policy" ]; then
      trap 'rm -f "$policy"' EXIT
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod 755 "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -q update && apt-get -q install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 9>&-
  ) || {
    tail -n 20 "$log" >&2
    die "cannot install packages: see $log"
  }
  say "packages installed in $(since "$started") s"
}
