package io.intermodal.migrate.guest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says who logs in at a console. A console where somebody is logged in already is used as it is.
 *
 * @param user name to log in with; null only uses a shell that is there
 * @param password its password; null when it has none
 */
public record ConsoleLogin(@Nullable String user, @Nullable GuestSecret password) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]{0,63}");

  /** Validates that the name can be typed. */
  public ConsoleLogin {
    if (user != null && !NAME.matcher(user).matches()) {
      throw new IllegalArgumentException("no name of a user: " + user);
    }
  }

  /** Returns the login that only uses a shell that is there. */
  public static ConsoleLogin none() {
    return new ConsoleLogin(null, null);
  }
}
