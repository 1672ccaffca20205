/** Small programs an embedder would start from: one job each, one class each. */
@NullMarked
package io.intermodal.samples;

import org.jspecify.annotations.NullMarked;
