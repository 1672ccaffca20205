package io.intermodal.ovf;

import org.jspecify.annotations.Nullable;

/**
 * Is a picture of a product (DSP0243 "ProductSection"). What is not stated is null.
 *
 * @param fileRef the id of its file in References
 * @param mimeType as {@code image/png}
 * @param width in pixels
 * @param height in pixels
 */
public record Icon(
    @Nullable String fileRef,
    @Nullable String mimeType,
    @Nullable Integer width,
    @Nullable Integer height) {}
