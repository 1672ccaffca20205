/**
 * Microsoft's VHD ("Virtual Hard Disk Image Format Specification" 1.0, 2006): fixed, dynamic and
 * differencing.
 */
@NullMarked
package io.intermodal.disk.internal.vhd;

import org.jspecify.annotations.NullMarked;
