/** What the author of a hypervisor driver implements. Grows by default methods only. */
@NullMarked
package io.intermodal.hypervisor.spi;

import org.jspecify.annotations.NullMarked;
