package io.intermodal.driver.local;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Opens folders and makes machines in them, the same way for all tests. */
final class Folders {

  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private Folders() {}

  static Hypervisor open(Path folder, String profile) {
    LocalDriver driver =
        LocalDriver.using(FakeConverter.converters()).withPatience(Duration.ofMillis(200));
    return Drivers.of(List.of(driver)).connect("local:" + folder + "?profile=" + profile);
  }

  static MachineSpec.Builder spec(String name) {
    return MachineSpec.named(name)
        .cpus(2)
        .memoryBytes(GIB)
        .addDisk(new DiskSpec("disk0", MIB, null, null))
        .addNic(new NicSpec("net0", null, null, null));
  }

  static Machine make(Hypervisor hypervisor, String name) {
    return make(hypervisor, spec(name).build());
  }

  static Machine make(Hypervisor hypervisor, MachineSpec spec) {
    try (MachineImport making = hypervisor.importMachine(spec)) {
      return making.commit();
    }
  }

  static CpuSpec cpu(Machine machine) {
    return Objects.requireNonNull(machine.spec().cpu(), "cpu");
  }

  static void write(SeekableByteChannel channel, String text, long size) {
    try (channel) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.position(size - 1).write(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(SeekableByteChannel channel, int bytes) {
    try (channel) {
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static ThrowableAssertAlternative<HypervisorException> assertFails(
      HypervisorError code, ThrowingCallable action) {
    return Assertions.assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(action)
        .satisfies(e -> Assertions.assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
