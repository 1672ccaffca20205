/**
 * Reads and writes the Open Virtualization Format: descriptors of all dialects met in practice
 * (0.9, 1.x, 2.x, oVirt) as one model, and the packages around them. Start at {@link
 * io.intermodal.ovf.packaging.OvfPackage#open}; a descriptor alone is {@link
 * io.intermodal.ovf.Envelope#read}; {@link io.intermodal.ovf.packaging.OvaWriter} and {@link
 * io.intermodal.ovf.EnvelopeDraft} write.
 *
 * <p>Whatever a careful reader would object to is a {@link io.intermodal.ovf.Finding}, never a
 * wrong value: what a file does not state is absent.
 */
@NullMarked
package io.intermodal.ovf;

import org.jspecify.annotations.NullMarked;
