package io.intermodal.ovf.packaging;

/**
 * Is a file in an archive.
 *
 * @param name the name without {@code ./}
 * @param offset where its content starts in the archive
 */
record TarMember(String name, long offset, long size) {}
