package io.intermodal.xml;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal names of a document as one object: it has few names and uses each of them often. Of
 * two names that fall together the later one stays, so the table never grows.
 */
final class NameTable {

  private static final int SLOTS = 512;

  private final @Nullable XmlName[] slots = new XmlName[SLOTS];

  XmlName of(String namespace, String localName, String prefix) {
    int hash = 31 * localName.hashCode() + prefix.hashCode();
    int slot = (hash ^ hash >>> 9 ^ hash >>> 18) & (SLOTS - 1);
    XmlName there = slots[slot];
    if (there == null || !there.is(namespace, localName) || !there.prefix().equals(prefix)) {
      there = new XmlName(namespace, localName, prefix);
      slots[slot] = there;
    }
    return there;
  }
}
