/** What may be added to the disk engine from outside. */
@NullMarked
package io.intermodal.disk.spi;

import org.jspecify.annotations.NullMarked;
