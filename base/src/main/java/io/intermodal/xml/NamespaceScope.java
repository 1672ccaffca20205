package io.intermodal.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which prefix means what at the place where a writer is. Declarations are taken back when
 * their element ends; a copy for each element would cost the square of a hostile document.
 */
final class NamespaceScope {

  private final Map<String, String> bound = new HashMap<>();
  private final Deque<Declaration> declared = new ArrayDeque<>();

  NamespaceScope() {
    bound.put("", "");
    bound.put("xml", "http://www.w3.org/XML/1998/namespace");
  }

  boolean binds(String prefix, String uri) {
    return uri.equals(bound.get(prefix));
  }

  void declare(String prefix, String uri) {
    declared.push(new Declaration(prefix, bound.put(prefix, uri)));
  }

  /** Returns a mark to go back to when the element that starts here ends. */
  int mark() {
    return declared.size();
  }

  void backTo(int mark) {
    while (declared.size() > mark) {
      Declaration last = declared.pop();
      if (last.before() == null) {
        bound.remove(last.prefix());
      } else {
        bound.put(last.prefix(), last.before());
      }
    }
  }

  /** Holds a prefix and what it meant outside; null for nothing. */
  private record Declaration(String prefix, @Nullable String before) {}
}
