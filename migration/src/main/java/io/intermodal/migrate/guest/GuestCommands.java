package io.intermodal.migrate.guest;

import io.intermodal.migrate.guest.SectionScript.Section;

/**
 * Holds the commands of table III for Linux, in POSIX shell. They take what is there: a guest may
 * have coreutils or busybox, an old iproute, no nft. Status 99 says that nothing is there to do it
 * with; the first line of output says why.
 */
final class GuestCommands {

  /** Exit status of a command that could not be performed. */
  static final int UNABLE = 99;

  static final Section KERNEL = new Section("kernel", "uname -r && uname -m");

  static final Section CPU =
      new Section("cpu", "grep -iE '^(processor|cpu MHz|clock)[[:space:]]*:' /proc/cpuinfo");

  static final Section MEMORY = new Section("memory", "grep '^MemTotal:' /proc/meminfo");

  /** Without a look at the network's disks where df can leave them out: they may hang. */
  static final Section MOUNTS = new Section("mounts", "df -P -k -l 2>/dev/null || df -P -k");

  /**
   * Cards, bonds, bridges and VLANs. What a container or a program makes for itself comes and goes,
   * and is no card of the machine.
   */
  static final Section INTERFACES =
      new Section(
          "interfaces",
          """
          test -d /sys/class/net || { echo 'there is no /sys/class/net'; exit 99; }
          for d in /sys/class/net/*; do
          n=${d##*/}; k=
          test "$n" = lo && continue
          test -r "$d/ifindex" || continue
          while read -r l; do case $l in DEVTYPE=*) k=${l#DEVTYPE=};; esac; done <"$d/uevent"
          if test -e "$d/device" || test -d "$d/bonding" || test -d "$d/bridge"; then k=card; fi
          case $k in card|vlan|bond|bridge|team|wlan) ;; *) continue;; esac
          i=; a=; read -r i <"$d/ifindex"; read -r a <"$d/address"
          echo "link $i $n $a"
          done
          exit 0
          """);

  static final Section ADDRESSES =
      new Section(
          "addresses",
          "command -v ip >/dev/null || { echo 'the guest has no ip command'; exit 99; }\n"
              + "ip -o addr show");

  static final Section ROUTES =
      new Section(
          "routes",
          """
          command -v ip >/dev/null || { echo 'the guest has no ip command'; exit 99; }
          ip -4 route show || exit
          ip -6 route show 2>/dev/null
          exit 0
          """);

  /** What nft lists holds what iptables made through it, so it is asked first. */
  static final Section FIREWALL =
      new Section(
          "firewall",
          """
          if command -v nft >/dev/null; then
          o=$(nft list ruleset 2>&1) && { echo 'firewall nft'; printf '%s\\n' "$o"; exit 0; }
          fi
          if command -v iptables >/dev/null; then
          p=$(iptables -S 2>&1) || { printf '%s\\n' "$p"; exit 1; }
          echo 'firewall iptables'; printf '%s\\n' "$p"
          if command -v ip6tables >/dev/null; then
          p=$(ip6tables -S 2>/dev/null) && { echo 'firewall ip6tables'; printf '%s\\n' "$p"; }
          fi
          exit 0
          fi
          test -n "$o" && { printf '%s\\n' "$o"; exit 1; }
          echo 'the guest has neither nft nor iptables'; exit 99
          """);

  /** Looks at every process without starting one. */
  static final Section SHELL_PROCESS =
      new Section(
          "shell",
          """
          test -r /proc/self/stat || { echo 'there is no /proc'; exit 99; }
          for d in /proc/[0-9]*; do
          s=; read -r s <"$d/stat" || continue
          case $s in *'(sshd)'*|*'(dropbear)'*) echo running; exit 0;; esac
          done 2>/dev/null
          for u in ssh sshd dropbear; do
          systemctl is-active --quiet $u.socket 2>/dev/null && { echo running; exit 0; }
          done
          echo absent
          """);

  static final Section LISTENING =
      new Section(
          "listening", "cat /proc/net/tcp || exit 99\ncat /proc/net/tcp6 2>/dev/null\nexit 0");

  private GuestCommands() {}

  /**
   * Sends three packets.
   *
   * @param address already known to be one
   */
  static Section ping(String id, String address) {
    String tool = IpText.isV4(address) ? "ping" : "ping6";
    return new Section(
        id,
        "a="
            + address
            + "\nif command -v "
            + tool
            + " >/dev/null; then exec "
            + tool
            + " -q -c 3 -W 6 $a; fi\n"
            + "command -v ping >/dev/null || { echo 'the guest has no ping'; exit 99; }\n"
            + "exec ping -q -c 3 -W 6 $a");
  }

  /**
   * Looks for the name of an address, with what the guest's own programs use where it is there.
   *
   * @param address already known to be one
   */
  static Section lookup(String id, String address) {
    return new Section(
        id,
        "a="
            + address
            + """

            if command -v getent >/dev/null; then
            getent hosts $a; r=$?
            test $r -le 2 && { test $r = 0 && exit 0; echo none; exit 0; }
            fi
            if command -v host >/dev/null; then host -W 5 $a || echo none; exit 0; fi
            if command -v nslookup >/dev/null; then nslookup $a 2>&1 || echo none; exit 0; fi
            echo 'the guest has neither getent, host nor nslookup'; exit 99
            """);
  }

  /** Finds a web page's status with what is there. */
  static String httpStatus(String address) {
    return "a="
        + ShellText.quote(address)
        + """

        if command -v curl >/dev/null; then
        curl -s -o /dev/null -w '%{http_code}\\n' -- "$a"; exit
        fi
        if command -v wget >/dev/null; then
        wget -q -S -O /dev/null -- "$a" 2>&1 || wget -S -O /dev/null "$a" 2>&1; exit 0
        fi
        echo 'the guest has neither curl nor wget'; exit 99
        """;
  }

  static String digest(String path) {
    return "p="
        + ShellText.quote(path)
        + """

        test -r "$p" || { echo 'the file is not there, or cannot be read'; exit 1; }
        if command -v sha256sum >/dev/null; then exec sha256sum <"$p"; fi
        if command -v openssl >/dev/null; then exec openssl dgst -sha256 -r <"$p"; fi
        echo 'the guest has neither sha256sum nor openssl'; exit 99
        """;
  }
}
