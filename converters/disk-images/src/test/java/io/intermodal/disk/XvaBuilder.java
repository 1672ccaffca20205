package io.intermodal.disk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds exports by hand, right ones and wrong ones. */
final class XvaBuilder {

  static final int MIB = 1 << 20;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Describes disks by reference and size in turn, with typed values for every second one. */
  static String ovaXml(Object... disks) {
    StringBuilder objects = new StringBuilder();
    for (int i = 0; i < disks.length; i += 2) {
      boolean typed = i % 4 == 2;
      String size = typed ? "<string>" + disks[i + 1] + "</string>" : disks[i + 1].toString();
      String kind = typed ? "<string>VDI</string>" : "VDI";
      objects.append(
          "<value><struct>"
              + member("class", kind)
              + member("id", disks[i].toString())
              + "<member><name>snapshot</name><value><struct>"
              + member("name_label", "disk &lt;" + disks[i] + "&gt;")
              + member("virtual_size", size)
              + "</struct></value></member></struct></value>");
    }
    return ovaXml("2", objects.toString());
  }

  static String ovaXml(String exportVersion, String objects) {
    return "<value><struct><member><name>version</name><value><struct>"
        + member("xapi_major", "<i4>1</i4>")
        + member("export_vsn", exportVersion)
        + "</struct></value></member><member><name>objects</name><value><array><data>"
        + objects
        + "</data></array></value></member></struct></value>";
  }

  private static String member(String name, String value) {
    return "<member><name>" + name + "</name><value>" + value + "</value></member>";
  }

  XvaBuilder ova(Object... disks) {
    return member("ova.xml", ovaXml(disks).getBytes(StandardCharsets.UTF_8));
  }

  XvaBuilder member(String name, byte[] content) {
    return member(name, content, '0');
  }

  XvaBuilder member(String name, byte[] content, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0000000000\0000000000\0");
    put(header, 124, String.format("%011o", content.length));
    put(header, 136, "00000000000\0        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, String.format("%06o\0", sum));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Adds a chunk with SHA-1 behind it. */
  XvaBuilder chunk(String reference, int number, byte[] content) {
    String name = String.format("%s/%08d", reference, number);
    return member(name, content).member(name + ".checksum", sha1(content));
  }

  static byte[] sha1(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(content);
      return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] end() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  byte[] withoutEnd() {
    return out.toByteArray();
  }

  static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
