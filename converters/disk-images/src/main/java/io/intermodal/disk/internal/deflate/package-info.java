/** Deflate (RFC 1951) and its frame (RFC 1950), both ways, for blocks that fit into memory. */
@NullMarked
package io.intermodal.disk.internal.deflate;

import org.jspecify.annotations.NullMarked;
