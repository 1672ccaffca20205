/** The one-pass pipeline: one reader, many workers, one ordered writer. */
@NullMarked
package io.intermodal.disk.internal.engine;

import org.jspecify.annotations.NullMarked;
