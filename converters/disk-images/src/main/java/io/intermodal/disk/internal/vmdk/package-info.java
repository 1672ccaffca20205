/** VMware's sparse extents. */
@NullMarked
package io.intermodal.disk.internal.vmdk;

import org.jspecify.annotations.NullMarked;
