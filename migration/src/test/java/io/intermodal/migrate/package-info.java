@NullMarked
package io.intermodal.migrate;

import org.jspecify.annotations.NullMarked;
