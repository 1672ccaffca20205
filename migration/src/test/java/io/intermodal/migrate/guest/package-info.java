@NullMarked
package io.intermodal.migrate.guest;

import org.jspecify.annotations.NullMarked;
