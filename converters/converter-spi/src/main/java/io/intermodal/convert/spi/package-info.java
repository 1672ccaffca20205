/** What the author of a converter implements. Grows by default methods only. */
@NullMarked
package io.intermodal.convert.spi;

import org.jspecify.annotations.NullMarked;
