/**
 * Reads, verifies and writes OVF packages: archives ({@code .ova}) and descriptors with files
 * beside them (DSP0243 "OVF package"). Start at {@link
 * io.intermodal.ovf.packaging.OvfPackage#open}; {@link io.intermodal.ovf.packaging.OvaWriter}
 * writes.
 */
@NullMarked
package io.intermodal.ovf.packaging;

import org.jspecify.annotations.NullMarked;
