#!/usr/bin/env bash
# Makes the disk that disk.sh measures with, in every form that a measured path starts from.
#
# usage: disk-input.sh FOLDER small|large
#
# FOLDER gets disk.raw (a partition with ext4: files of Debian packages, the packages themselves, noise; the rest
# holes), disk.vmdk (streamOptimized) and disk.qcow2 (zlib), both by qemu-img, and guest.ova around disk.vmdk.
# What is there already stays, so the disk is made once. Needs no root; needs apt-get, dpkg-deb, mke2fs 1.43+,
# qemu-img, openssl, GNU tar, and for the large disk 9 GB of room.
set -euo pipefail
folder=${1:?usage: disk-input.sh FOLDER small|large}
kind=${2:?usage: disk-input.sh FOLDER small|large}
case $kind in
  small)
    packages=(bash coreutils dpkg e2fsprogs perl-base)
    noise=$((4 << 20)) size=$((128 << 20))
    ;;
  large)
    kernel=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-.*\)/\1/p' | head -n 1)
    packages=("$kernel" openjdk-17-jre-headless gcc-12 cpp-12 g++-12 git postgresql-15 nginx libllvm15 libicu72
      firefox-esr golang-1.19-src perl-modules-5.36 vim-runtime)
    noise=$((256 << 20)) size=$((4 << 30))
    ;;
  *)
    echo "disk-input.sh: there is no disk '$kind': small or large" >&2
    exit 2
    ;;
esac
mkdir -p "$folder"
cd "$folder"
export LC_ALL=C PATH="$PATH:/sbin:/usr/sbin"

make_raw() {
  mkdir -p packages root/srv root/var/cache/debs
  (cd packages && apt-get -qq download "${packages[@]}")
  for package in packages/*.deb; do dpkg-deb -x "$package" root; done
  cp packages/*.deb root/var/cache/debs/
  # The same noise on every machine.
  head -c "$noise" /dev/zero | openssl enc -aes-128-ctr -K 000102030405060708090a0b0c0d0e0f -iv 0 -nosalt >root/srv/noise.bin 2>/dev/null
  truncate -s "$size" making.raw
  mke2fs -q -F -t ext4 -E offset=1048576,lazy_itable_init=0 -U 0a1b2c3d-0000-4000-8000-000000000001 -d root making.raw \
    $(((size >> 10) - 1024))k
  # A boot sector with one bootable Linux partition from sector 2048 on.
  start=2048 sectors=$((size / 512 - 2048))
  {
    printf '\x80\x20\x21\x00\x83\xfe\xff\xff'
    for value in $start $sectors; do
      for shift in 0 8 16 24; do printf "\\x$(printf %02x $((value >> shift & 255)))"; done
    done
  } | dd of=making.raw bs=1 seek=446 conv=notrunc status=none
  printf '\x55\xaa' | dd of=making.raw bs=1 seek=510 conv=notrunc status=none
  rm -rf packages root
  # mke2fs writes zeros, too; converted, the file has holes for them.
  qemu-img convert -f raw -O raw making.raw making.sparse
  rm making.raw
  mv making.sparse disk.raw
}

make_ova() {
  local sectors
  sectors=$(stat -c %s disk.raw)
  cat >guest.ovf <<OVF
<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
  <References><File ovf:id="file1" ovf:href="guest-disk1.vmdk" ovf:size="$(stat -c %s disk.vmdk)"/></References>
  <DiskSection><Info>Disks</Info>
    <Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="$sectors" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  </DiskSection>
  <VirtualSystem ovf:id="guest"><Info>A machine</Info></VirtualSystem>
</Envelope>
OVF
  ln -f disk.vmdk guest-disk1.vmdk
  for member in guest.ovf guest-disk1.vmdk; do
    echo "SHA256($member)= $(openssl dgst -sha256 -r "$member" | cut -d' ' -f1)"
  done >guest.mf
  tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@0 -cf making.ova guest.ovf guest.mf guest-disk1.vmdk
  rm guest.ovf guest.mf guest-disk1.vmdk
  mv making.ova guest.ova
}

[ -e disk.raw ] || make_raw
if [ ! -e disk.vmdk ]; then
  qemu-img convert -f raw -O vmdk -o subformat=streamOptimized,adapter_type=lsilogic disk.raw making.vmdk
  mv making.vmdk disk.vmdk
fi
if [ ! -e disk.qcow2 ]; then
  qemu-img convert -c -m 8 -W -f raw -O qcow2 disk.raw making.qcow2
  mv making.qcow2 disk.qcow2
fi
[ -e guest.ova ] || make_ova
echo "disk: $kind, virtual $(($(stat -c %s disk.raw) / 1000000)) MB, data $(($(du -k disk.raw | cut -f1) * 1024 / 1000000)) MB," \
  "streamOptimized $(($(stat -c %s disk.vmdk) / 1000000)) MB, packages: ${packages[*]}"
