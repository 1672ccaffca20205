/** Makes the disk engine available to migrations as a converter plugin. */
@NullMarked
package io.intermodal.disk.convert;

import org.jspecify.annotations.NullMarked;
