/** Holds what the packages of this module share; not for users. */
@NullMarked
package io.intermodal.ovf.internal;

import org.jspecify.annotations.NullMarked;
