package io.intermodal.ovf;

import org.jspecify.annotations.Nullable;

/**
 * Is a file that is to reach the guest (2.x, DSP0243 "Environment files section"). What is not
 * stated is null, against the schema.
 *
 * @param fileRef the id of the file in References
 * @param path the place below the root of the transport's medium
 */
public record EnvironmentFile(@Nullable String fileRef, @Nullable String path) {}
