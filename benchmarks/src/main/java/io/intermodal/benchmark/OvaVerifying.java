package io.intermodal.benchmark;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.packaging.OvaWriter;
import io.intermodal.ovf.packaging.OvfPackage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** Our side of the comparison with openssl; {@code ova-digest.sh} runs it in a fresh JVM. */
public final class OvaVerifying {

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
        <References><File ovf:id="f1" ovf:href="disk1.vmdk"/></References>
        <DiskSection><Info/><Disk ovf:diskId="d1" ovf:fileRef="f1" ovf:capacity="1"/></DiskSection>
        <VirtualSystem ovf:id="vm"><Info/></VirtualSystem>
      </Envelope>
      """;

  private OvaVerifying() {}

  /** Runs {@code make <file> <MiB>} or {@code verify <file>}, which exits with 1 on a mismatch. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "make" -> make(file, Integer.parseInt(arguments[2]));
      case "verify" -> {
        boolean verified =
            OvfPackage.open(file).verify(Progress.Listener.none(), Cancellation.none()).verified();
        System.exit(verified ? 0 : 1);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Digests cost the same whatever the bytes are; these are not zeros, which a disk might skip. */
  private static void make(Path file, int mib) {
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    byte[] descriptor = DESCRIPTOR.getBytes(StandardCharsets.UTF_8);
    try (OvaWriter writer = OvaWriter.create(file, "guest.ovf", descriptor)) {
      writer.addFile(
          "disk1.vmdk",
          channel -> {
            for (int i = 0; i < mib; i++) {
              ByteBuffer buffer = ByteBuffer.wrap(block);
              while (buffer.hasRemaining()) {
                channel.write(buffer);
              }
            }
          });
      writer.finish();
    }
  }
}
