/** The command line: thin commands over the libraries, text for people and JSON for programs. */
@NullMarked
package io.intermodal.cli;

import org.jspecify.annotations.NullMarked;
