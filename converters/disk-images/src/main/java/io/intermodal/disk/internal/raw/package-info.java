/** Disks without any format: byte for byte. */
@NullMarked
package io.intermodal.disk.internal.raw;

import org.jspecify.annotations.NullMarked;
