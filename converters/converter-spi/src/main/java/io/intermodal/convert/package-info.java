/**
 * Formats are nodes, converters are edges with a declared cost and fidelity, routes are the simple
 * paths between them, and whatever a route loses is told: {@link Loss}.
 */
@NullMarked
package io.intermodal.convert;

import org.jspecify.annotations.NullMarked;
