/**
 * Writes and reads the small CD images that configure guests: ISO 9660 with Joliet, a few files in
 * the root directory (ECMA-119).
 */
@NullMarked
package io.intermodal.iso;

import org.jspecify.annotations.NullMarked;
