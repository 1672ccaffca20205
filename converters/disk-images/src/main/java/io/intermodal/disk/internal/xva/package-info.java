/** XenServer's export: a tar of a description and of the chunks of disks. */
@NullMarked
package io.intermodal.disk.internal.xva;

import org.jspecify.annotations.NullMarked;
