package io.intermodal.migrate;

import io.intermodal.migrate.guest.GuestAccess;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.SshLogin;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one hypervisor of a survey.
 *
 * @param name its name in the matrix: letters, digits, blanks, dots, hyphens, at most 40
 * @param uri where it is; never with a secret
 * @param network the network that guests connect to there; null for the first one it has
 * @param ssh how to log in to guests there where neither hypervisor nor agent answers; null for no
 *     such way
 */
public record SurveyHost(
    String name, String uri, @Nullable String network, @Nullable SshLogin ssh) {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}");

  /** Validates the name, which also names files. */
  public SurveyHost {
    Objects.requireNonNull(uri, "uri");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 40 letters, digits, blanks, dots or hyphens: \"" + name + "\"");
    }
  }

  /** Returns how guests are asked there: by hypervisor or agent, else by SSH where it is stated. */
  GuestProbe probe() {
    return ssh == null
        ? GuestProbe.standard()
        : GuestProbe.chain(
            List.of(GuestProbe.standard(), GuestProbe.through(GuestAccess.ssh(ssh))));
  }
}
