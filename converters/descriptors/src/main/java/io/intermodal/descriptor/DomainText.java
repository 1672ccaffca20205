package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fits texts of a machine to what libvirt and XML take; what changes is a loss. */
final class DomainText {

  /** libvirt keeps a file of that name with an extension. */
  private static final int MAX_NAME_BYTES = 240;

  private static final Pattern NOT_IN_NAMES = Pattern.compile("[/\\p{Cntrl}]");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}");
  private static final Pattern ONE_DIGIT = Pattern.compile("([0-9a-f])(\\1|-)*");

  private final List<Loss> losses;

  DomainText(List<Loss> losses) {
    this.losses = losses;
  }

  /** Returns the name of the domain, which may neither hold a slash nor be blank. */
  String name(MachineSpec machine) {
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int c : plain(machine.name()).codePoints().toArray()) {
      String next = NOT_IN_NAMES.matcher(Character.toString(c)).replaceAll("_");
      bytes += next.getBytes(StandardCharsets.UTF_8).length;
      if (bytes <= MAX_NAME_BYTES) {
        name.append(next);
      }
    }
    String result = name.toString().strip();
    if (result.isEmpty() || result.equals(".") || result.equals("..")) {
      result = "machine";
    }
    if (!result.equals(machine.name())) {
      losses.add(
          new Loss(
              "libvirt.name.changed",
              Severity.WARNING,
              "name",
              null,
              "libvirt takes names of at most "
                  + MAX_NAME_BYTES
                  + " bytes without slashes, control characters and blanks at the ends; it is now "
                  + result,
              null));
    }
    return result;
  }

  /** Returns the identity with dashes; null when it is none that libvirt takes. */
  @Nullable String uuid(MachineSpec machine) {
    String uuid = machine.uuid();
    if (uuid == null) {
      return null;
    }
    String lower = uuid.strip().toLowerCase(Locale.ROOT);
    if (UUID.matcher(lower).matches() && !ONE_DIGIT.matcher(lower).matches()) {
      String digits = lower.replace("-", "");
      return digits.substring(0, 8)
          + "-"
          + digits.substring(8, 12)
          + "-"
          + digits.substring(12, 16)
          + "-"
          + digits.substring(16, 20)
          + "-"
          + digits.substring(20);
    }
    losses.add(
        new Loss(
            "libvirt.uuid.invalid",
            Severity.WARNING,
            "uuid",
            null,
            "libvirt takes 32 hexadecimal digits that are not all the same; it chooses another",
            null));
    return null;
  }

  @Nullable GuestOs guestOs(@Nullable GuestOs os) {
    return os == null
        ? null
        : new GuestOs(
            os.cimOsType(),
            text("guestOs.version", os.version()),
            text("guestOs.vendorType", os.vendorType()),
            text("guestOs.description", os.description()));
  }

  Extra extra(Extra extra) {
    String path = "extras[" + plain(extra.namespace()) + "]." + plain(extra.name());
    String namespace = text(path, extra.namespace());
    String name = text(path, extra.name());
    String value = text(path, extra.value());
    return new Extra(
        namespace == null ? "" : namespace, name == null ? "" : name, value == null ? "" : value);
  }

  /** Leaves out what XML cannot hold. */
  @Nullable String text(String path, @Nullable String text) {
    if (text == null || text.codePoints().allMatch(XmlSafe::allowed)) {
      return text;
    }
    losses.add(
        new Loss(
            "xml.characters.dropped",
            Severity.WARNING,
            path,
            null,
            "XML cannot hold some of its characters; they are left out",
            null));
    return plain(text);
  }

  /** Tells whether XML can hold a text as it is. */
  static boolean holds(String text) {
    return text.codePoints().allMatch(XmlSafe::allowed);
  }

  static String plain(String text) {
    return text.codePoints()
        .filter(XmlSafe::allowed)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
