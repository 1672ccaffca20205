package io.intermodal.disk.internal;

import io.intermodal.disk.Compression;

/**
 * What a writer is told.
 *
 * @param virtualSizeBytes the guest's size, a multiple of 512
 * @param compression how blocks are stored
 * @param diskName the name that a descriptor inside the image gives its own file
 * @param seed makes identifiers differ between copies that should not look the same
 */
public record WriteSettings(
    long virtualSizeBytes, Compression compression, String diskName, long seed) {}
