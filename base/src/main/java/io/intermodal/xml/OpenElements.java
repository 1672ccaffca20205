package io.intermodal.xml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the elements that have not ended, with their children so far. All children stand on one
 * stack, so that an element is given an array of the right length when it ends.
 */
final class OpenElements {

  private final List<OpenElement> open = new ArrayList<>();
  private XmlNode[] nodes = new XmlNode[64];
  private int depth;
  private int top;

  int depth() {
    return depth;
  }

  /** Opens an element, whose tag is for the caller to fill in. */
  OpenElement push() {
    if (depth == open.size()) {
      open.add(new OpenElement());
    }
    OpenElement next = open.get(depth++);
    next.children = top;
    next.elements = 0;
    return next;
  }

  /** Adds a child to the innermost element. */
  void add(XmlNode child) {
    if (top == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * top);
    }
    nodes[top++] = child;
    if (child instanceof XmlElement) {
      open.get(depth - 1).elements++;
    }
  }

  /** Ends the innermost element. */
  XmlElement pop() {
    OpenElement last = open.get(--depth);
    XmlNode[] children = Arrays.copyOfRange(nodes, last.children, top);
    XmlElement[] elements = new XmlElement[last.elements];
    int found = 0;
    for (int i = 0; found < elements.length; i++) {
      if (children[i] instanceof XmlElement element) {
        elements[found++] = element;
      }
    }
    top = last.children;
    return new XmlElement(last, FixedList.of(children), FixedList.of(elements));
  }
}
