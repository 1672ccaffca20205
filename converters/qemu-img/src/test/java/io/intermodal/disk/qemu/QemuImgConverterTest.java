package io.intermodal.disk.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.Converters;
import io.intermodal.convert.spi.DiskConverter.Request;
import io.intermodal.convert.spi.DiskConverter.Result;
import io.intermodal.convert.spi.StoredInFile;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the plugin with the real program. */
class QemuImgConverterTest {

  private final QemuImgConverter converter = new QemuImgConverter();

  @TempDir Path folder;
  private Path raw;

  @BeforeEach
  void write() throws Exception {
    boolean there = QemuImg.find().isPresent();
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(there).as("qemu-img is installed").isTrue();
    }
    assumeTrue(there, "qemu-img is not installed");
    byte[] bytes = new byte[3 << 20];
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 1 << 20, noise.length);
    raw = Files.write(folder.resolve("guest, \"one\".raw"), bytes);
  }

  private Path image(String format, String... options) throws Exception {
    Path file = folder.resolve("guest." + format);
    List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw"));
    command.addAll(List.of("-O", format));
    command.addAll(List.of(options));
    command.addAll(List.of(raw.toString(), file.toString()));
    run(command);
    return file;
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private Result convert(SeekableByteChannel source, String from, String to, Map<String, String> d)
      throws IOException {
    Path target = folder.resolve("out." + to);
    try (FileChannel out =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return converter.convert(
          new Request(
              source, from, out, to, d, "disk", Progress.Listener.none(), Cancellation.none()));
    }
  }

  private String wanted() {
    return DiskImages.contentDigest(DiskSource.file(raw).as(DiskFormat.RAW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow", "qed", "parallels"})
  void readsWhatQemuWrites(String format) throws Exception {
    Path file = image(format);
    try (FileChannel in = FileChannel.open(file)) {
      assertThat(converter.detect(in, "disk")).contains(format);
      assertThat(converter.capacityBytes(in, format)).isEqualTo(3 << 20);
      assertThat(
              converter.contentDigest(
                  in, format, "disk", Progress.Listener.none(), Cancellation.none()))
          .isEqualTo(wanted());
      Map<String, String> digest = Map.of("SHA-256", sha256(file));
      Result result = convert(in, format, "qcow2", digest);
      assertThat(result.contentDigest()).isEqualTo(wanted());
      assertThat(result.capacityBytes()).isEqualTo(3 << 20);
      assertThat(result.note()).contains("unpacked by qemu-img");
      assertThat(DiskImages.contentDigest(DiskSource.file(folder.resolve("out.qcow2"))))
          .isEqualTo(wanted());
      assertThatThrownBy(() -> convert(in, format, "raw", Map.of("SHA-256", "00")))
          .isInstanceOfSatisfying(
              IntermodalException.class,
              e -> assertThat(e.code()).isEqualTo(DiskError.DIGEST_MISMATCH));
    }
  }

  @Test
  void readsAMemberOfAnArchiveWhereItLies() throws Exception {
    byte[] image = Files.readAllBytes(image("qed"));
    byte[] archive = new byte[1024 + image.length + 700];
    System.arraycopy(image, 0, archive, 1024, image.length);
    Path file = Files.write(folder.resolve("archive.ova"), archive);
    try (Member in = new Member(file, 1024, image.length)) {
      assertThat(convert(in, "qed", "raw", Map.of()).contentDigest()).isEqualTo(wanted());
      assertThat(in.readBytes).as("only the header was read through the channel").isLessThan(2048);
    }
  }

  @Test
  void opensNoBaseImage() throws Exception {
    Path base = image("qed");
    Path overlay = folder.resolve("overlay.qed");
    run(
        List.of(
            "qemu-img",
            "create",
            "-f",
            "qed",
            "-b",
            base.toString(),
            "-F",
            "qed",
            overlay.toString()));
    try (FileChannel in = FileChannel.open(overlay)) {
      assertThatThrownBy(() -> convert(in, "qed", "raw", Map.of()))
          .isInstanceOfSatisfying(
              IntermodalException.class,
              e -> assertThat(e.code()).isEqualTo(DiskError.REFERS_TO_ANOTHER_FILE));
    }
  }

  @Test
  void saysWhatQemuSaysOfADamagedImage() throws Exception {
    Path file = image("qed");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4, 40, (byte) 0xEE);
    bytes[16] = 0;
    Files.write(file, bytes);
    List<String> before = temporaryFiles();
    try (FileChannel in = FileChannel.open(file)) {
      assertThatThrownBy(() -> convert(in, "qed", "raw", Map.of()))
          .isInstanceOf(IntermodalException.class)
          .hasMessageContaining("qemu-img says: ");
    }
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  @Test
  void isFoundAsAPlugin() {
    assertThat(Converters.load().disk("qemu-img").version()).contains("qemu-img version");
    assertThat(converter.edges()).noneMatch(edge -> edge.from().equals("qcow2"));
  }

  private static List<String> temporaryFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(f -> f.getFileName().toString())
          .filter(name -> name.startsWith("intermodal-qemu-"))
          .sorted()
          .toList();
    }
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** A run of bytes in a file that counts what is read through it. */
  private static final class Member implements SeekableByteChannel, StoredInFile {
    private final Path file;
    private final FileChannel channel;
    private final long offset;
    private final long length;
    private long position;
    private long readBytes;

    Member(Path file, long offset, long length) throws IOException {
      this.file = file;
      this.channel = FileChannel.open(file);
      this.offset = offset;
      this.length = length;
    }

    @Override
    public Path file() {
      return file;
    }

    @Override
    public long offsetBytes() {
      return offset;
    }

    @Override
    public long lengthBytes() {
      return length;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (position >= length) {
        return -1;
      }
      ByteBuffer part =
          into.slice(into.position(), (int) Math.min(into.remaining(), length - position));
      int n = channel.read(part, offset + position);
      into.position(into.position() + n);
      position += n;
      readBytes += n;
      return n;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
