package io.intermodal.migrate.guest;

import io.intermodal.migrate.guest.SectionScript.Section;
import java.util.List;

/**
 * Holds the commands of tests 2.4.a to 2.4.f. The user has a name that nobody else has; it is
 * removed by the script itself, however that ends, and once more from outside when the script did
 * not tell that it did.
 */
final class UserCommands {

  /** Says that nobody of the name is left. */
  static final String GONE = "gone";

  private static final String FIND =
      """
      entry() { while IFS= read -r l; do case $l in "$IMU:"*) echo "$l"; return;; esac
      done </etc/passwd; }
      home() { e=$(entry); e=${e%:*}; echo "${e##*:}"; }
      need() { test -n "$(entry)" || { echo 'there is no test user'; exit 99; }; h=$(home)
      test -d "$h" || { echo 'the test user has no home'; exit 99; }; f=$h/im-probe; }
      as() { su -s /bin/sh "$IMU" -c "$1"; }
      """;

  private static final String REMOVE =
      """
      h=$(home)
      userdel -r "$IMU" 2>/dev/null || deluser --remove-home "$IMU" 2>/dev/null ||
      deluser "$IMU" 2>/dev/null || userdel "$IMU"
      case $h in */"$IMU") rm -rf -- "$h";; esac
      """;

  private UserCommands() {}

  /** Returns the sections a to f. */
  static List<Section> sections() {
    return List.of(
        new Section(
            "a",
            FIND
                + """
                if command -v useradd >/dev/null; then useradd -m "$IMU" || exit
                elif command -v adduser >/dev/null; then adduser -D "$IMU" || exit
                else echo 'the guest has neither useradd nor adduser'; exit 99; fi
                test -n "$(entry)" || { echo 'the user is not there after it was added'; exit 1; }
                """),
        new Section("b", FIND + "need; as \"echo $IMU > $f\" && test -s \"$f\""),
        new Section(
            "c",
            FIND
                + """
                need; test -e "$f" || { echo 'there is no test file'; exit 99; }
                c=$(as "cat $f"); test "$c" = "$IMU" ||
                { echo 'it reads something else than was written'; exit 1; }
                """),
        new Section(
            "d",
            FIND
                + """
                need; test -e "$f" || { echo 'there is no test file'; exit 99; }
                as "rm $f" || exit; test ! -e "$f" || { echo 'the file is there still'; exit 1; }
                """),
        new Section(
            "e",
            FIND
                + """
                need; command -v chpasswd >/dev/null || { echo 'the guest has no chpasswd'; exit 99; }
                hash() { while IFS= read -r l; do case $l in "$IMU:"*) echo "$l"; return;; esac
                done </etc/shadow; }
                b=$(hash); p=$(head -c 64 /dev/urandom | cksum); p=Im${p%% *}-$(date +%s)-x
                echo "$IMU:$p" | chpasswd || exit
                test "$b" != "$(hash)" || { echo 'the password is as before'; exit 1; }
                """),
        new Section(
            "f",
            FIND
                + "test -n \"$(entry)\" || { echo 'there is no test user'; exit 99; }\n"
                + REMOVE
                + "test -z \"$(entry)\" || { echo 'the user is there still'; exit 1; }\n"
                + "test ! -d \"$h\" || { echo 'its home is there still'; exit 1; }\n"));
  }

  /** Returns what comes before the sections: the name, and the removal at whatever end. */
  static String setting(String user) {
    return "IMU="
        + user
        + "; export IMU\nclean() { trap - EXIT; /bin/sh -c "
        + ShellText.quote(cleanUp())
        + " >/dev/null 2>&1 </dev/null; }\n"
        + "trap clean EXIT\ntrap 'clean; exit 1' HUP INT TERM PIPE\n";
  }

  private static String cleanUp() {
    return FIND + "test -z \"$(entry)\" || { " + REMOVE.strip() + "\n}\n";
  }

  /** Returns a command of its own that removes the user and says {@link #GONE}. */
  static String removal(String user) {
    return "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin; IMU="
        + user
        + "; export PATH IMU\n"
        + cleanUp()
        + "test -z \"$(entry)\" && echo "
        + GONE;
  }
}
