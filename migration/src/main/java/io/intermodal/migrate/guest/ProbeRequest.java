package io.intermodal.migrate.guest;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what to ask a guest and how long to wait for it. Immutable.
 *
 * @param longestWait how long a guest that was started may take until it answers; zero tries once
 * @param patience how long one test may take in the guest, 1 second to 1 hour
 * @param privatePing address for test 2.3.e; null for the guest's default gateway
 * @param publicPing address for test 2.3.f
 * @param privateLookup address for test 2.3.g; null for the guest's own first address
 * @param publicLookup address for test 2.3.h; null for the one that the evaluation rules name, else
 *     {@link #PUBLIC_ADDRESS}
 * @param shellPort TCP port of the remote shell for test 2.3.j
 * @param makeUser whether the tests 2.4.a to 2.4.f may add a user of their own, which is removed
 * @param checks the user's own checks, tests 2.5.x; at most 100, each id once
 */
public record ProbeRequest(
    Duration longestWait,
    Duration patience,
    @Nullable String privatePing,
    String publicPing,
    @Nullable String privateLookup,
    @Nullable String publicLookup,
    int shellPort,
    boolean makeUser,
    List<ApplicationCheck> checks) {

  /** The public address of TIOSA's table III. */
  public static final String PUBLIC_ADDRESS = "194.25.2.129";

  private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final int MAX_CHECKS = 100;
  private static final int MAX_PORT = 65535;

  /**
   * Validates ranges and addresses.
   *
   * @throws IllegalArgumentException if an address is none, or a number is out of its range
   */
  public ProbeRequest {
    requireRange(longestWait, Duration.ZERO, LONGEST_WAIT, "longestWait");
    requireRange(patience, Duration.ofSeconds(1), LONGEST_PATIENCE, "patience");
    requireAddress(privatePing, "privatePing");
    requireAddress(Objects.requireNonNull(publicPing, "publicPing"), "publicPing");
    requireAddress(privateLookup, "privateLookup");
    requireAddress(publicLookup, "publicLookup");
    if (shellPort < 1 || shellPort > MAX_PORT) {
      throw new IllegalArgumentException("shellPort must be from 1 to 65535: " + shellPort);
    }
    checks = List.copyOf(checks);
    if (checks.size() > MAX_CHECKS) {
      throw new IllegalArgumentException("at most 100 checks, not " + checks.size());
    }
    Set<String> ids = new HashSet<>();
    for (ApplicationCheck check : checks) {
      if (!ids.add(check.test())) {
        throw new IllegalArgumentException("two checks are called " + check.test());
      }
    }
  }

  private static void requireRange(Duration value, Duration least, Duration most, String name) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ": " + value);
    }
  }

  private static void requireAddress(@Nullable String value, String name) {
    if (value != null && !IpText.isAddress(value)) {
      throw new IllegalArgumentException(name + " must be an IPv4 or IPv6 address: " + value);
    }
  }

  /** Returns TIOSA's values, a wait of 5 minutes and a patience of 20 seconds for each test. */
  public static ProbeRequest defaults() {
    return new ProbeRequest(
        Duration.ofMinutes(5),
        Duration.ofSeconds(20),
        null,
        PUBLIC_ADDRESS,
        null,
        null,
        22,
        true,
        List.of());
  }

  /** Returns this request with another wait. */
  public ProbeRequest withWait(Duration value) {
    return new ProbeRequest(
        value,
        patience,
        privatePing,
        publicPing,
        privateLookup,
        publicLookup,
        shellPort,
        makeUser,
        checks);
  }

  /** Returns this request with another patience. */
  public ProbeRequest withPatience(Duration value) {
    return new ProbeRequest(
        longestWait,
        value,
        privatePing,
        publicPing,
        privateLookup,
        publicLookup,
        shellPort,
        makeUser,
        checks);
  }

  /** Returns this request with the addresses to ping; null takes the default gateway. */
  public ProbeRequest withPings(@Nullable String privateAddress, String publicAddress) {
    return new ProbeRequest(
        longestWait,
        patience,
        privateAddress,
        publicAddress,
        privateLookup,
        publicLookup,
        shellPort,
        makeUser,
        checks);
  }

  /** Returns this request with the addresses to look up; null takes what the record says. */
  public ProbeRequest withLookups(@Nullable String privateAddress, @Nullable String publicAddress) {
    return new ProbeRequest(
        longestWait,
        patience,
        privatePing,
        publicPing,
        privateAddress,
        publicAddress,
        shellPort,
        makeUser,
        checks);
  }

  /** Returns this request with another port of the remote shell. */
  public ProbeRequest withShellPort(int value) {
    return new ProbeRequest(
        longestWait,
        patience,
        privatePing,
        publicPing,
        privateLookup,
        publicLookup,
        value,
        makeUser,
        checks);
  }

  /** Returns this request with or without the tests that add a user. */
  public ProbeRequest withUser(boolean value) {
    return new ProbeRequest(
        longestWait,
        patience,
        privatePing,
        publicPing,
        privateLookup,
        publicLookup,
        shellPort,
        value,
        checks);
  }

  /** Returns this request with the user's own checks. */
  public ProbeRequest withChecks(List<ApplicationCheck> values) {
    return new ProbeRequest(
        longestWait,
        patience,
        privatePing,
        publicPing,
        privateLookup,
        publicLookup,
        shellPort,
        makeUser,
        values);
  }
}
