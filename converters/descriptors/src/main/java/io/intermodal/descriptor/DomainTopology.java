package io.intermodal.descriptor;

import io.intermodal.xml.XmlElement;
import java.util.OptionalInt;

/** Reads {@code <topology>}, whose parts multiply to the largest number of processors. */
final class DomainTopology {

  private DomainTopology() {}

  /**
   * Returns the cores of a socket, those of all its dies together; empty when it makes no sense.
   */
  static OptionalInt coresPerSocket(XmlElement topology) {
    OptionalInt cores = part(topology, "cores");
    OptionalInt dies = part(topology, "dies");
    if (cores.isEmpty() || dies.isEmpty()) {
      return OptionalInt.empty();
    }
    long product = (long) cores.getAsInt() * dies.getAsInt();
    return product > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) product);
  }

  /** Tells whether it stands for that many processors. */
  static boolean holds(XmlElement topology, int processors) {
    OptionalInt cores = coresPerSocket(topology);
    OptionalInt sockets = part(topology, "sockets");
    OptionalInt threads = part(topology, "threads");
    if (cores.isEmpty() || sockets.isEmpty() || threads.isEmpty()) {
      return false;
    }
    long product = (long) cores.getAsInt() * sockets.getAsInt();
    return product <= processors && product * threads.getAsInt() == processors;
  }

  private static OptionalInt part(XmlElement topology, String name) {
    String text = DomainXml.attribute(topology, name);
    return text == null ? OptionalInt.of(1) : DomainNumbers.count(text);
  }
}
