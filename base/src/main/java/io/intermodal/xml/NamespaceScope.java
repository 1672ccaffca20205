package io.intermodal.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which prefix means what at the place where a writer is. Declarations are taken back when
 * their element ends; a copy for each element would cost the square of a hostile document.
 */
final class NamespaceScope {

  private final Map<String, String> bound = new HashMap<>();
  private final Deque<Declaration> declared = new ArrayDeque<>();
  private final Set<String> fixed = new HashSet<>();

  NamespaceScope() {
    bound.put("", "");
    bound.put("xml", "http://www.w3.org/XML/1998/namespace");
  }

  boolean binds(String prefix, String uri) {
    return uri.equals(bound.get(prefix));
  }

  void declare(String prefix, String uri) {
    declared.push(new Declaration(prefix, bound.put(prefix, uri)));
    fix(prefix);
  }

  /** Notes that a name of the element that started last needs a prefix as it is bound. */
  void fix(String prefix) {
    fixed.add(prefix);
  }

  /** Tells whether a prefix cannot be declared anew on the element that started last. */
  boolean fixed(String prefix) {
    return fixed.contains(prefix);
  }

  /** Tells whether a prefix means nothing here. */
  boolean free(String prefix) {
    return !bound.containsKey(prefix);
  }

  /** Starts an element and returns a mark to go back to when it ends. */
  int mark() {
    fixed.clear();
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
