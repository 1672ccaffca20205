package io.intermodal.cli;

import io.intermodal.Cancellation;

/**
 * Holds what every command needs from outside.
 *
 * @param console where to write
 * @param cancellation cancelled by Ctrl-C
 */
record Context(Console console, Cancellation cancellation) {}
