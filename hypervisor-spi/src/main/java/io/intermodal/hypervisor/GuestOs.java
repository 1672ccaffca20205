package io.intermodal.hypervisor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names the operating system a machine was made for. Producers disagree about which of the parts is
 * the true one; all that were stated are kept.
 *
 * @param cimOsType number of CIM_OperatingSystem.OsType (96 is Debian, 64 bit); null when not
 *     stated
 * @param version version as stated; null when not stated
 * @param vendorType name a product uses ({@code debian12_64Guest}); null when not stated
 * @param description text for people; null when not stated
 */
public record GuestOs(
    @Nullable Integer cimOsType,
    @Nullable String version,
    @Nullable String vendorType,
    @Nullable String description) {

  /** Tells whether any part says Windows. */
  public boolean isWindows() {
    return says("win", "windows");
  }

  /** Returns the most telling part, for people; "unknown" when none is stated. */
  public String displayName() {
    if (description != null && !description.isBlank()) {
      return description;
    }
    if (vendorType != null) {
      return vendorType;
    }
    return cimOsType == null ? "unknown" : "CIM OsType " + cimOsType;
  }

  private boolean says(String prefixOfVendorType, String word) {
    return (vendorType != null
            && vendorType.toLowerCase(Locale.ROOT).startsWith(prefixOfVendorType))
        || (description != null && description.toLowerCase(Locale.ROOT).contains(word));
  }
}
