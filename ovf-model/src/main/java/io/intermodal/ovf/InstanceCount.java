package io.intermodal.ovf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how many copies there are (2.x, DSP0243 "Scale out section").
 *
 * @param minimum the fewest; 1 where nothing is said
 * @param byDefault what is made when nobody chooses; null when absent, which the schema forbids
 * @param maximum the most; null for no bound
 * @param configurations the deployment options it is for; empty for all
 */
public record InstanceCount(
    int minimum,
    @Nullable Integer byDefault,
    @Nullable Integer maximum,
    List<String> configurations) {

  /** Copies the list. */
  public InstanceCount {
    configurations = List.copyOf(configurations);
  }

  /** Tells whether that many copies are within the bounds. */
  public boolean allows(int copies) {
    return copies >= minimum && (maximum == null || copies <= maximum);
  }
}
