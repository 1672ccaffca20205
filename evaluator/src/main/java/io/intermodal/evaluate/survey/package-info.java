/**
 * Lays scores out as a survey: hypervisor by hypervisor by guest system, as TIOSA publishes them. A
 * matrix is either the published one or built from evaluations of one's own.
 */
@NullMarked
package io.intermodal.evaluate.survey;

import org.jspecify.annotations.NullMarked;
