package io.intermodal.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoImageTest {

  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  private static IsoFile file(String name, int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return IsoFile.of(name, content);
  }

  private Path write(String label, List<IsoFile> files) throws IOException {
    Path image = folder.resolve("a.iso");
    Files.write(image, IsoWriter.of(label, files).toBytes());
    return image;
  }

  private static void refused(IsoError code, Runnable call, String part) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContaining(part);
  }

  @Test
  void filesComeBack() throws IOException {
    List<IsoFile> files =
        List.of(
            file("ovf-env.xml", 3000),
            file("user-data", 2048),
            file("empty", 0),
            file("Ünï.txt", 1));
    Path image = write("OVF ENV", files);
    try (FileChannel channel = FileChannel.open(image)) {
      IsoImage opened = IsoImage.open("a.iso", channel);
      assertThat(opened.label()).isEqualTo("OVF ENV");
      assertThat(opened.files())
          .extracting(IsoImage.Entry::name)
          .containsExactly("empty", "ovf-env.xml", "user-data", "Ünï.txt");
      for (IsoFile file : files) {
        assertThat(opened.content(opened.file(file.name()).orElseThrow(), MIB))
            .isEqualTo(file.content());
      }
    }
    assertThat(IsoImage.readFile(image, "OVF-ENV.XML", MIB)).hasSize(3000);
    refused(
        IsoError.IMAGE_FILE_MISSING,
        () -> IsoImage.readFile(image, "meta-data", MIB),
        "it has empty, ovf-env.xml");
    refused(
        IsoError.IMAGE_LIMIT,
        () -> IsoImage.readFile(image, "ovf-env.xml", 2999),
        "it has 3000 bytes, the bound is 2999");
  }

  @Test
  void sameFilesGiveTheSameBytes() {
    List<IsoFile> files = List.of(file("a", 5), file("b", 5000));
    byte[] image = IsoWriter.of("cidata", files).toBytes();
    assertThat(image).isEqualTo(IsoWriter.of("cidata", files).toBytes());
    assertThat(image.length % 32768).isZero();
    assertThat(new String(image, 40 + 16 * 2048, 8, StandardCharsets.US_ASCII))
        .isEqualTo("cidata  ");
  }

  @Test
  void manyFilesFillSeveralSectorsOfADirectory() throws IOException {
    List<IsoFile> files =
        IntStream.range(0, 500).mapToObj(i -> file("a long name of file " + i, i % 3)).toList();
    Path image = write("config-2", files);
    try (FileChannel channel = FileChannel.open(image)) {
      IsoImage opened = IsoImage.open("a.iso", channel);
      assertThat(opened.files()).hasSize(500);
      assertThat(opened.content(opened.file("a long name of file 499").orElseThrow(), MIB))
          .isEqualTo(files.get(499).content());
    }
  }

  @Test
  void guestsWithoutJolietSeeUpperCase() throws IOException {
    List<IsoFile> files =
        List.of(file("ovf-env.xml", 1), file("a.b.conf", 2), file("a_b.conf", 3), file("é", 4));
    Path image = write("X", files);
    byte[] bytes = Files.readAllBytes(image);
    bytes[17 * 2048] = 3;
    Files.write(image, bytes);
    try (FileChannel channel = FileChannel.open(image)) {
      IsoImage opened = IsoImage.open("a.iso", channel);
      assertThat(opened.files())
          .extracting(IsoImage.Entry::name)
          .containsExactly("A_B.CON", "A_B_2.CON", "OVF-ENV.XML", "_");
      assertThat(opened.content(opened.file("ovf-env.xml").orElseThrow(), 9)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a;1", "a\u0000", "a*", "a:b"})
  void refusesNames(String name) {
    refused(
        IsoError.IMAGE_NAME,
        () -> IsoWriter.of("X", List.of(file(name, 1))),
        "cannot put the file");
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused(
        IsoError.IMAGE_NAME,
        () -> IsoWriter.of("X", List.of(file("a", 1), file("A", 1))),
        "another file has the same name");
    refused(
        IsoError.IMAGE_NAME,
        () -> IsoWriter.of("X", List.of(file("a".repeat(65), 1))),
        "1 to 64 characters");
    refused(IsoError.IMAGE_NAME, () -> IsoWriter.of("a label too long!", List.of()), "label");
    List<IsoFile> many = new ArrayList<>();
    IntStream.range(0, 1001).forEach(i -> many.add(file("f" + i, 0)));
    refused(IsoError.IMAGE_LIMIT, () -> IsoWriter.of("X", many), "1001 files");
    refused(
        IsoError.IMAGE_LIMIT,
        () -> IsoWriter.of("X", List.of(file("a", 65 * MIB))),
        "the bounds are");
  }

  @Test
  void refusesWhatIsNoImage() throws IOException {
    Path image = folder.resolve("none.iso");
    Files.write(image, new byte[100_000]);
    refused(IsoError.NOT_AN_IMAGE, () -> IsoImage.readFile(image, "a", 1), "it is no CD image");
    Files.write(image, new byte[0]);
    refused(IsoError.NOT_AN_IMAGE, () -> IsoImage.readFile(image, "a", 1), "it is no CD image");
  }

  @Test
  void brokenImagesEndInOurErrorsOnly() throws IOException {
    byte[] sample =
        IsoWriter.of("OVF ENV", List.of(file("ovf-env.xml", 900), file("b", 9))).toBytes();
    Random random = new Random(5);
    Path image = folder.resolve("b.iso");
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] broken = sample.clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        // Descriptors and directories, where all that is read stands.
        int at = 16 * 2048 + random.nextInt(10 * 2048);
        broken[at % 2048 < 300 ? at : at - at % 2048 + random.nextInt(300)] =
            (byte) random.nextInt(256);
      }
      broken = i % 9 == 0 ? Arrays.copyOf(broken, random.nextInt(broken.length)) : broken;
      Files.write(image, broken);
      try {
        IsoImage.readFile(image, "ovf-env.xml", MIB);
      } catch (IntermodalException expected) {
        assertThat(expected.code()).isInstanceOf(IsoError.class);
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 999);
  }
}
