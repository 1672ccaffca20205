/**
 * Moves or copies a machine between hypervisors and scores the result (ODCA VM interoperability,
 * Usage Scenario 2; TIOSA's copy sequence of eleven steps).
 *
 * <p>{@link Migration} is the way in: it makes a {@link MigrationPlan}, which changes nothing, and
 * runs it into a {@link MigrationReport}.
 */
@NullMarked
package io.intermodal.migrate;

import org.jspecify.annotations.NullMarked;
