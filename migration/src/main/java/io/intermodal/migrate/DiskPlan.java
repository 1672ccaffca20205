package io.intermodal.migrate;

import io.intermodal.convert.Route;
import java.util.List;

/**
 * Plans one disk.
 *
 * @param key key of the disk
 * @param capacityBytes size the guest sees, in bytes
 * @param storedBytes bytes it takes at the source; 0 when that is known only once it is read
 * @param routes all routes from what the source gives to what the target takes, best first; the
 *     first is taken; empty for a blank disk
 * @param blank whether the disk has no content at the source and is made anew
 */
public record DiskPlan(
    String key, long capacityBytes, long storedBytes, List<Route> routes, boolean blank) {

  /** Copies the list. */
  public DiskPlan {
    routes = List.copyOf(routes);
  }
}
