/**
 * Formats of machine descriptors, each read to and written from the neutral machine with its losses
 * told.
 */
@NullMarked
package io.intermodal.descriptor;

import org.jspecify.annotations.NullMarked;
