/** VirtualBox's format, version 1.1. */
@NullMarked
package io.intermodal.disk.internal.vdi;

import org.jspecify.annotations.NullMarked;
