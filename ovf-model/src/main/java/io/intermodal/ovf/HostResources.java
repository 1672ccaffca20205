package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a device names as its backing: {@code ovf:/disk/id} and {@code ovf:/file/id}, also
 * without {@code ovf:} (0.9, VirtualBox), with another slash, and the bare places of oVirt.
 */
final class HostResources {

  private static final Pattern FORM = Pattern.compile("(?:ovf:)?/{1,2}(disk|file)/(.+)");

  private HostResources() {}

  /** Returns the disk a device names; null when it names none, or one that is not there. */
  static @Nullable Disk disk(Item item, Envelope envelope) {
    for (String resource : item.hostResources()) {
      Matcher form = FORM.matcher(resource);
      boolean matches = form.matches();
      Optional<Disk> found =
          matches
              ? form.group(1).equals("disk") ? envelope.disk(form.group(2)) : Optional.empty()
              : bare(resource, envelope);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  private static Optional<Disk> bare(String resource, Envelope envelope) {
    return envelope
        .disk(resource)
        .or(() -> envelope.references().diskOfFile(resource))
        .or(() -> envelope.disk(resource.substring(resource.lastIndexOf('/') + 1)));
  }

  /** Returns the id of the file that a text of the form {@code ovf:/file/id} names; else null. */
  static @Nullable String fileId(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() && form.group(1).equals("file") ? form.group(2) : null;
  }

  /** Returns what a resource names that is not there, for people; null when all is well. */
  static @Nullable String dangling(String resource, Envelope envelope) {
    Matcher form = FORM.matcher(resource);
    if (!form.matches()) {
      return null;
    }
    String id = form.group(2);
    if (form.group(1).equals("disk")) {
      return envelope.disk(id).isPresent() ? null : "disk " + Texts.shorten(id);
    }
    return envelope.file(id).isPresent() ? null : "file " + Texts.shorten(id);
  }
}
