package io.intermodal.disk.internal.xva;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.Problems;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlLimits;
import io.intermodal.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code ova.xml} says of the disks: one XML-RPC value of version and objects. */
public final class OvaXml {

  /** The name of the first member. */
  static final String NAME = "ova.xml";

  /** The longest that is read. */
  static final int MAX_BYTES = 64 << 20;

  /** From this version on each chunk has its checksum behind it. */
  private static final int INLINE_CHECKSUMS = 2;

  /** As many elements as two thousand objects have, so that no description takes all memory. */
  private static final XmlLimits LIMITS =
      new XmlLimits(MAX_BYTES, /* maxDepth= */ 100, 16, /* maxElements= */ 400_000, 16 << 20);

  private final String text;
  private final Map<String, XvaDisk> disks;
  private final Set<String> mediaOnly;

  private OvaXml(String text, Map<String, XvaDisk> disks, Set<String> mediaOnly) {
    this.text = text;
    this.disks = disks;
    this.mediaOnly = mediaOnly;
  }

  /** Reads the first member of an archive. */
  static OvaXml read(TarInput tar) {
    TarMember first = tar.next();
    if (first == null || !first.name().equals(NAME)) {
      throw Problems.refuse(
          DiskError.DAMAGED,
          tar.name(),
          "it is no export of XenServer, which starts with the member ova.xml");
    }
    if (first.size() > MAX_BYTES) {
      throw Problems.at(
          DiskError.TOO_LARGE,
          tar.name(),
          first.at(),
          "ova.xml",
          "it has " + first.size() + " bytes, the cap is 64 MiB");
    }
    byte[] bytes = readGrowing(tar, first);
    return parse(tar.name(), bytes);
  }

  /** Takes memory only for what really comes, not for what a header promises. */
  private static byte[] readGrowing(TarInput tar, TarMember member) {
    byte[] bytes = new byte[0];
    int size = (int) member.size();
    for (int done = 0; done < size; ) {
      int n = Math.min(size - done, Math.max(1 << 20, done));
      bytes = Arrays.copyOf(bytes, done + n);
      tar.input().read(bytes, done, n, "member ova.xml");
      done += n;
    }
    tar.input().skip(member.paddedSize() - member.size(), "member ova.xml");
    return bytes;
  }

  /**
   * Reads a description.
   *
   * @param archive the archive's name, for messages
   * @param bytes in UTF-8
   */
  public static OvaXml parse(String archive, byte[] bytes) {
    String name = archive + ": " + NAME;
    XmlElement root = XmlReader.with(LIMITS).read(name, bytes).root();
    RpcValue value = RpcValue.of(root);
    int version = number(value.member("version").textOf("export_vsn"));
    if (!value.members().containsKey("objects") || !value.members().containsKey("version")) {
      throw damaged(name, "it has no version or no objects; it is no description of an export");
    }
    if (version < INLINE_CHECKSUMS) {
      throw Problems.refuse(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          "it is an export of version " + version + ", whose chunks have no checksum behind them");
    }
    return objects(
        name, new String(bytes, StandardCharsets.UTF_8), value.member("objects").items());
  }

  private static OvaXml objects(String name, String text, List<RpcValue> objects) {
    Map<String, XvaDisk> disks = new LinkedHashMap<>();
    Set<String> inDrives = new HashSet<>();
    Set<String> asDisks = new HashSet<>();
    for (RpcValue object : objects) {
      RpcValue record = object.member("snapshot");
      switch (object.textOf("class")) {
        case "VDI" -> {
          XvaDisk disk = disk(name, object.textOf("id"), record);
          if (disks.put(disk.reference(), disk) != null) {
            throw damaged(name, "two disks have the reference " + disk.reference());
          }
        }
        case "VBD" ->
            (record.textOf("type").equals("CD") ? inDrives : asDisks).add(record.textOf("VDI"));
        default -> {
          // Other objects say nothing of the data.
        }
      }
    }
    inDrives.removeAll(asDisks);
    return new OvaXml(text, disks, inDrives);
  }

  private static XvaDisk disk(String name, String reference, RpcValue record) {
    if (!TarOutput.isReference(reference)) {
      throw damaged(name, "a disk has no usable reference: " + TarInput.shown(reference));
    }
    String size = record.textOf("virtual_size");
    if (!size.matches("[0-9]{1,18}")) {
      throw damaged(name, "the disk " + reference + " has no virtual_size");
    }
    long bytes = Long.parseLong(size);
    Problems.checkVirtualSize(name, 0, bytes);
    return new XvaDisk(reference, record.textOf("name_label"), bytes);
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static IntermodalException damaged(String name, String why) {
    return Problems.refuse(DiskError.DAMAGED, name, why);
  }

  /** Returns the text itself. */
  public String text() {
    return text;
  }

  /** Returns all virtual disks, in the order of the text; not all need have data in the archive. */
  public List<XvaDisk> disks() {
    return List.copyOf(disks.values());
  }

  /** Returns a disk; null when there is none of that reference. */
  public @Nullable XvaDisk disk(String reference) {
    return disks.get(reference);
  }

  /** Returns the disks that are not only the medium of a drive. */
  List<XvaDisk> likelyDisks() {
    return disks.values().stream().filter(d -> !mediaOnly.contains(d.reference())).toList();
  }
}
