/** The model that formats and engine share: extents, stored bytes, targets. */
@NullMarked
package io.intermodal.disk.internal;

import org.jspecify.annotations.NullMarked;
