package io.intermodal.ovf.edit;

import org.jspecify.annotations.Nullable;

/**
 * Describes a product (DSP0243 "ProductSection"). What is null is left as it is.
 *
 * @param product the name
 * @param version the short version
 * @param fullVersion the version with build number
 */
public record ProductInfo(
    @Nullable String product,
    @Nullable String vendor,
    @Nullable String version,
    @Nullable String fullVersion,
    @Nullable String productUrl,
    @Nullable String vendorUrl,
    @Nullable String appUrl) {

  /** Describes a product by name, vendor and version. */
  public static ProductInfo of(String product, String vendor, String version) {
    return new ProductInfo(product, vendor, version, null, null, null, null);
  }
}
