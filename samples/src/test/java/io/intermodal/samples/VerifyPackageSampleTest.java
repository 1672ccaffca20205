package io.intermodal.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyPackageSampleTest {

  @TempDir private Path folder;

  @Test
  void verifiesWhatWasWritten() throws Exception {
    Path ova = SmallAppliance.write(folder.resolve("web-1.ova"));

    String printed = Output.of(() -> VerifyPackage.main(new String[] {ova.toString()}));

    assertThat(printed.lines())
        .contains(
            "machine web-1",
            "disk disk1",
            "OK web-1.ovf",
            "OK " + SmallAppliance.DISK_FILE,
            "The package is what its manifest says.");
  }

  @Test
  void findsOneFlippedBit() throws Exception {
    Path ova = SmallAppliance.write(folder.resolve("web-1.ova"));
    flipBitOf(ova);

    String printed = Output.of(() -> VerifyPackage.main(new String[] {ova.toString()}));

    assertThat(printed.lines())
        .contains("OK web-1.ovf", "MISMATCH " + SmallAppliance.DISK_FILE)
        .anyMatch(line -> line.startsWith("Do not deploy this package"));
  }

  private static void flipBitOf(Path ova) throws IOException {
    StoredFile disk = OvfPackage.open(ova).files().get(0).parts().get(0);
    long middle = disk.range().offset() + disk.range().length() / 2;
    try (FileChannel channel =
        FileChannel.open(ova, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, middle);
      one.put(0, (byte) (one.get(0) ^ 1));
      channel.write(one.flip(), middle);
    }
  }
}
