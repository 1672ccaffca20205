package io.intermodal.ovf.edit;

import io.intermodal.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts changes of form that are alike, which are one entry of the report. */
final class ConversionNotes {

  private final Work work;
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  ConversionNotes(Work work) {
    this.work = work;
  }

  Work work() {
    return work;
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  void flush(XmlElement root) {
    counts.forEach(
        (what, times) ->
            work.changed(root, what + (times == 1 ? ", once" : ", " + times + " times")));
  }
}
