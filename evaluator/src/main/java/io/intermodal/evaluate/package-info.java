/**
 * Scores how well a virtual machine survived a move between two hypervisors.
 *
 * <p>The method is TIOSA (<i>Testing VM Interoperability at an OS and Application Level</i>): the
 * same tests run on the source and on the target, {@link io.intermodal.evaluate.Observations} hold
 * what they saw, and an {@link io.intermodal.evaluate.Evaluator} turns the two into an {@link
 * io.intermodal.evaluate.Evaluation} under {@link io.intermodal.evaluate.Rules}:
 *
 * <pre>{@code
 * Evaluation evaluation = Evaluator.tiosa().evaluate(source, target);
 * Score score = evaluation.score();
 * List<String> why = evaluation.explanations();
 * }</pre>
 *
 * <p>Everything here is pure and deterministic: no file, no network, no clock, no randomness. The
 * same input has the same score for ever. All types are immutable, except builders, and may be
 * shared between threads.
 */
@NullMarked
package io.intermodal.evaluate;

import org.jspecify.annotations.NullMarked;
