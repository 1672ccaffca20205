package io.intermodal.migrate.guest;

import java.time.Duration;
import java.util.List;

/**
 * Writes several commands as one script, since each round trip to a guest costs more than most
 * commands. Each has a time limit of its own, as far as the guest has {@code timeout}, and its
 * output stands between two lines with a token.
 */
final class SectionScript {

  /**
   * Holds one command.
   *
   * @param id name within the script: letters and digits
   * @param commands POSIX shell
   */
  record Section(String id, String commands) {}

  /** Only the built-in parts of a shell, so that it runs where little is installed. */
  private static final String HEAD =
      """
      LC_ALL=C; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
      export LC_ALL PATH; unset LANGUAGE
      up() { U=.; read -r U R </proc/uptime; } 2>/dev/null
      if timeout 1 true; then L() { timeout -s KILL "$@"; }
      elif timeout -t 1 true; then L() { n=$1; shift; timeout -t "$n" -s KILL "$@"; }
      else L() { shift; "$@"; }
      fi >/dev/null 2>&1
      sec() {
      up; printf '\\n%s b %s %s\\n' "$T" "$1" "$U"
      L "$N" /bin/sh -c "$2" </dev/null 2>&1; S=$?
      up; printf '\\n%s e %s %s %s\\n' "$T" "$1" "$S" "$U"
      }
      """;

  private SectionScript() {}

  /**
   * Writes a script.
   *
   * @param token what the lines between outputs begin with
   * @param setting what comes before the first section
   * @param limit of each section; a part of a second counts as one
   */
  static String write(String token, String setting, List<Section> sections, Duration limit) {
    StringBuilder script = new StringBuilder(HEAD);
    script.append("T=").append(token).append("; N=").append(seconds(limit)).append('\n');
    script.append(setting);
    for (Section section : sections) {
      script
          .append("sec ")
          .append(section.id())
          .append(' ')
          .append(ShellText.quote(section.commands()))
          .append('\n');
    }
    return script.append("exit 0\n").toString();
  }

  private static long seconds(Duration limit) {
    return Math.max(1, limit.plusMillis(999).toSeconds());
  }
}
