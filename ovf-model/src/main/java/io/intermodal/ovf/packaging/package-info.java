/**
 * Reads, verifies and writes OVF packages: archives ({@code .ova}) and descriptors with files
 * beside them (DSP0243 "OVF package").
 *
 * <ul>
 *   <li>{@link io.intermodal.ovf.packaging.OvfPackage#open} reads one from the disk, {@link
 *       io.intermodal.ovf.packaging.OvaStream} one that goes by;
 *   <li>{@link io.intermodal.ovf.packaging.OvaWriter} and {@link
 *       io.intermodal.ovf.packaging.FolderWriter} write one from its parts;
 *   <li>{@link io.intermodal.ovf.packaging.PackageRewrite} packs, unpacks and changes one.
 * </ul>
 */
@NullMarked
package io.intermodal.ovf.packaging;

import org.jspecify.annotations.NullMarked;
