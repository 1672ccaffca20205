package io.intermodal.xml;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * Holds the elements that have not ended, with their children so far. All children stand on one
 * stack, so that an element is given an array of the right length when it ends.
 */
final class OpenElements {

  private final ArrayList<Open> open = new ArrayList<>();
  private XmlNode[] nodes = new XmlNode[64];
  private int top;

  /** Is an element without its children. */
  private static final class Open {
    final XmlStart start;
    final int children;
    int elements;

    Open(XmlStart start, int children) {
      this.start = start;
      this.children = children;
    }
  }

  int depth() {
    return open.size();
  }

  void push(XmlStart start) {
    open.add(new Open(start, top));
  }

  /** Adds a child to the innermost element. */
  void add(XmlNode child) {
    if (top == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * top);
    }
    nodes[top++] = child;
    if (child instanceof XmlElement) {
      open.get(open.size() - 1).elements++;
    }
  }

  /** Ends the innermost element. */
  XmlElement pop() {
    Open last = open.remove(open.size() - 1);
    XmlNode[] children = Arrays.copyOfRange(nodes, last.children, top);
    XmlElement[] elements = new XmlElement[last.elements];
    int found = 0;
    for (int i = 0; found < elements.length; i++) {
      if (children[i] instanceof XmlElement element) {
        elements[found++] = element;
      }
    }
    top = last.children;
    return new XmlElement(last.start, FixedList.of(children), FixedList.of(elements));
  }
}
