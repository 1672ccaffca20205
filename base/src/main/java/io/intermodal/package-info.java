/**
 * What every module of the SDK shares: the root exception with its error codes, progress and
 * cancellation of long work, and files that are complete or absent.
 */
@NullMarked
package io.intermodal;

import org.jspecify.annotations.NullMarked;
