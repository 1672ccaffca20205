# shellcheck shell=bash
# What the Debian guest and the Xen host have in common: a minimal Debian on one bootable disk. Sourced by guest and dom0.

ROOT=$WORK/root
AGETTY='-/sbin/agetty --autologin root --keep-baud 115200,38400,9600 %I vt100'

# bootstrap PACKAGES MODULES: Debian in $ROOT, with an initramfs of exactly these modules, so that it starts on every bus.
bootstrap() {
  local settings=$WORK/initramfs
  mkdir -p "$settings/conf.d"
  printf 'MODULES=list\nCOMPRESS=gzip\n' >"$settings/conf.d/lab"
  tr ' ' '\n' <<<"$2" >"$settings/modules"
  mmdebstrap --variant=minbase --mode=root --include="$1" \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --aptopt='Apt::Install-Recommends "false"' \
    --essential-hook="mkdir -p \"\$1/etc/initramfs-tools\" && cp -r '$settings/.' \"\$1/etc/initramfs-tools/\"" \
    bookworm "$ROOT" ${INTERMODAL_LAB_MIRROR:+"$INTERMODAL_LAB_MIRROR"}
  VERSION=$(find "$ROOT/boot" -name 'vmlinuz-*' -printf '%f\n' | sed 's/^vmlinuz-//' | sort | tail -n 1)
}

# settle HOSTNAME LABEL: names, network, keys, consoles that log root in.
settle() {
  local console
  echo "$1" >"$ROOT/etc/hostname"
  echo "127.0.0.1 localhost $1" >"$ROOT/etc/hosts"
  echo "LABEL=$2 / ext4 defaults 0 1" >"$ROOT/etc/fstab"
  # By default the client id comes from the machine id, which is new at the first boot of every copy: one address each.
  mkdir -p "$ROOT/etc/systemd/network"
  printf '[Match]\nName=e*\n[Network]\nDHCP=yes\n[DHCPv4]\nClientIdentifier=mac\n' \
    >"$ROOT/etc/systemd/network/20-dhcp.network"
  for console in ttyS0 hvc0; do
    mkdir -p "$ROOT/etc/systemd/system/serial-getty@$console.service.d"
    printf '[Service]\nExecStart=\nExecStart=%s\n' "$AGETTY" \
      >"$ROOT/etc/systemd/system/serial-getty@$console.service.d/autologin.conf"
  done
  install -d -m 700 "$ROOT/root/.ssh"
  install -m 600 "$LAB/ssh/id_ed25519.pub" "$ROOT/root/.ssh/authorized_keys"
  mkdir -p "$ROOT/etc/dropbear"
  chroot "$ROOT" dropbearkey -t ed25519 -f /etc/dropbear/dropbear_ed25519_host_key >/dev/null 2>&1
  chroot "$ROOT" dropbearkey -y -f /etc/dropbear/dropbear_ed25519_host_key | sed -n 's/^\(ssh-[^ ]* [^ ]*\).*/\1/p' \
    >"$WORK/out/${1#lab-}.hostkey"
  cat >"$ROOT/etc/systemd/system/dropbear.service" <<'UNIT'
[Unit]
Description=dropbear, by key only
After=network.target
[Service]
ExecStart=/usr/sbin/dropbear -F -E -s -r /etc/dropbear/dropbear_ed25519_host_key -p 22
[Install]
WantedBy=multi-user.target
UNIT
  quietly mask systemd-timesyncd apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
    e2scrub_all.timer e2scrub_reap.service fstrim.timer systemd-pstore getty@tty1 systemd-networkd-wait-online
  quietly enable systemd-networkd dropbear
  rm -rf "$ROOT"/var/cache/apt/*.bin "$ROOT"/var/cache/apt/archives/*.deb "$ROOT"/var/lib/apt/lists/* \
    "$ROOT"/usr/share/{doc,locale,man,info}/*
}

# systemctl warns about units without [Install] and about each thing it masks; absent ones are no fault.
quietly() { chroot "$ROOT" systemctl -q "$@" 2>/dev/null || true; }

# make_disk FILE SIZE LABEL: one ext4 partition at 1 MiB, MBR and extlinux. Partition devices are not everywhere, so it
# is made and mounted by its offset.
make_disk() {
  local offset=1048576 mounted=$WORK/mounted
  truncate -s "$2" "$1"
  echo '2048,,L,*' | sfdisk -q "$1"
  dd if=/usr/lib/EXTLINUX/mbr.bin of="$1" conv=notrunc bs=440 count=1 status=none
  # extlinux reads neither 64-bit block numbers nor checksums of metadata
  mke2fs -q -t ext4 -L "$3" -O '^64bit,^metadata_csum' -E "offset=$offset,root_owner=0:0" -d "$ROOT" "$1" \
    $((($(stat -c %s "$1") - offset) / 1024))k
  mkdir "$mounted"
  mount -o "loop,offset=$offset" "$1" "$mounted"
  extlinux --install "$mounted/boot/extlinux"
  umount "$mounted"
}
