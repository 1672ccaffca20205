/**
 * Reads and writes XML without losing anything. All XML of the SDK goes through {@link
 * io.intermodal.xml.XmlReader}: no DOCTYPE, no entity, nothing fetched, bounds that are the same on
 * every JDK. What it yields is a tree of immutable values that {@link io.intermodal.xml.XmlWriter}
 * writes back with the same meaning.
 */
@NullMarked
package io.intermodal.xml;

import org.jspecify.annotations.NullMarked;
