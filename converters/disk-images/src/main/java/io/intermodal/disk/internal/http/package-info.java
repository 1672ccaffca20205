/** Images on web servers: ranges with read-ahead, or one stream. */
@NullMarked
package io.intermodal.disk.internal.http;

import org.jspecify.annotations.NullMarked;
