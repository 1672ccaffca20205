package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.internal.Texts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses ids that nothing of the same kind has; what was chosen is not free any more. */
final class FreeIds {

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> reached = new HashMap<>();
  private long highest;

  /** Starts with the InstanceIDs of devices. */
  static FreeIds of(List<Item> items) {
    FreeIds ids = new FreeIds();
    items.forEach(i -> ids.take(i.instanceId()));
    return ids;
  }

  /** Notes an id that is there. */
  void take(@Nullable String id) {
    if (id != null && taken.add(id) && id.matches("[0-9]{1,9}")) {
      highest = Math.max(highest, Long.parseLong(id));
    }
  }

  /** Returns a number above all that are there. */
  String number() {
    String id;
    do {
      highest++;
      id = String.valueOf(highest);
    } while (!taken.add(id));
    return id;
  }

  /** Returns a word with a number behind it. */
  String like(String word) {
    int number = reached.getOrDefault(word, taken.size());
    String id;
    do {
      number++;
      id = word + number;
    } while (!taken.add(id));
    reached.put(word, number);
    return id;
  }

  /** Returns the id that was wished for, or else one like a word. */
  String chosen(String what, @Nullable String wanted, String word) {
    if (wanted == null) {
      return like(word);
    }
    Rejections.name(what, wanted);
    if (!taken.add(wanted)) {
      throw Rejections.rejected(
          what, "there is a " + word + " with the id " + Texts.shorten(wanted) + " already");
    }
    return wanted;
  }
}
