/**
 * Asks guests for what TIOSA's table III wants to know: through the hypervisor, its agent, SSH or
 * the serial console.
 *
 * <p>{@link GuestProbe} is the way in. What a guest answers was written by the guest: it is bounded
 * and never believed as a path, a command or a document.
 */
@NullMarked
package io.intermodal.migrate.guest;

import org.jspecify.annotations.NullMarked;
