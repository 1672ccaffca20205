package io.intermodal.ovf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is one order of boot sources (CIM_BootConfigSetting of DSP0243 "Boot device section").
 *
 * @param instanceId null when absent
 * @param elementName the label or, without one, the caption; null when absent
 * @param sources in the order in which they are tried
 */
public record BootConfiguration(
    @Nullable String instanceId, @Nullable String elementName, List<BootSource> sources) {

  /** Copies the list. */
  public BootConfiguration {
    sources = List.copyOf(sources);
  }
}
