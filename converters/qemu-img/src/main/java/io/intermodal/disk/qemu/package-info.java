/**
 * Reads the disk formats that the engine does not know and QEMU does, by running its {@code
 * qemu-img}. Never needed by the engine's own formats.
 */
@NullMarked
package io.intermodal.disk.qemu;

import org.jspecify.annotations.NullMarked;
