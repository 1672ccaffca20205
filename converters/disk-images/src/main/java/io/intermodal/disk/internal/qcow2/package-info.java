/** QEMU's copy-on-write format, versions 2 and 3. */
@NullMarked
package io.intermodal.disk.internal.qcow2;

import org.jspecify.annotations.NullMarked;
