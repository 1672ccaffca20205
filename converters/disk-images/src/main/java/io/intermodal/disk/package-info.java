/**
 * Reads, writes, converts and compares virtual-disk images with nothing but the JDK.
 *
 * <p>{@link io.intermodal.disk.DiskCopy} copies an image from one format to another in one pass;
 * {@link io.intermodal.disk.DiskImages} answers questions about one image. Images are taken for
 * hostile: every size, offset and count is checked against the file before it is believed, and
 * whatever is wrong comes out as an {@link io.intermodal.IntermodalException} that names file,
 * position and structure.
 */
@NullMarked
package io.intermodal.disk;

import org.jspecify.annotations.NullMarked;
