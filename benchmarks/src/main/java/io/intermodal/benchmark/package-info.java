/** Paired comparisons with peers; never published. */
@NullMarked
package io.intermodal.benchmark;

import org.jspecify.annotations.NullMarked;
