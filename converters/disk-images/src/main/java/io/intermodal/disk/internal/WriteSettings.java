package io.intermodal.disk.internal;

import io.intermodal.disk.Compression;
import io.intermodal.disk.ImageOptions;

/**
 * What a writer is told.
 *
 * @param virtualSizeBytes the guest's size, a multiple of 512
 * @param compression how blocks are stored
 * @param options what the caller chose; the format knows all of them
 * @param diskName the name that a descriptor inside the image gives its own file
 * @param seed makes identifiers differ between copies that should not look the same
 */
public record WriteSettings(
    long virtualSizeBytes,
    Compression compression,
    ImageOptions options,
    String diskName,
    long seed) {}
