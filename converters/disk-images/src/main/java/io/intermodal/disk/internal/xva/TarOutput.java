package io.intermodal.disk.internal.xva;

import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes an export front to back: its description, then chunks, then the mark of the end. */
public final class TarOutput {

  private static final int BUFFER = 2 << 20;

  /** With a chunk's number and the name of a checksum behind it, it fits a ustar header. */
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9:_.-]{1,80}");

  private final ByteTarget target;
  private final Appender out;

  /** Starts an archive with its description. */
  public TarOutput(ByteTarget target, String ovaXml) {
    this.target = target;
    this.out = new Appender(target, 0, BUFFER);
    byte[] description = ovaXml.getBytes(StandardCharsets.UTF_8);
    member(OvaXml.NAME, description, description.length);
  }

  /** Tells whether a disk may be called that in the names of members. */
  public static boolean isReference(String reference) {
    return REFERENCE.matcher(reference).matches();
  }

  void member(String name, byte[] content, int size) {
    out.append(TarMember.header(name, size), 0, TarMember.BLOCK);
    out.append(content, 0, size);
    out.pad(TarMember.BLOCK);
  }

  /** Writes the mark of the end and hands everything to the target. */
  public void end() {
    out.append(new byte[2 * TarMember.BLOCK], 0, 2 * TarMember.BLOCK);
    out.flush();
    target.flush();
  }
}
