/** Hyper-V's VHDX ([MS-VHDX]). */
@NullMarked
package io.intermodal.disk.internal.vhdx;

import org.jspecify.annotations.NullMarked;
