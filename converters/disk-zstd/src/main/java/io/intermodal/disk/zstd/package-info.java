/** Zstandard for the disk engine, in Java. */
@NullMarked
package io.intermodal.disk.zstd;

import org.jspecify.annotations.NullMarked;
