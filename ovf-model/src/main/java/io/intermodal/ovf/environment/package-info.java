/**
 * The OVF environment document, by which a guest learns the values of its properties (DSP0243 "OVF
 * environment", DSP8027), and the CD image that takes it there.
 */
@NullMarked
package io.intermodal.ovf.environment;

import org.jspecify.annotations.NullMarked;
