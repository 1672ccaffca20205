package io.intermodal.ovf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading fetches nothing and opens no file but those of the package, whatever a document names.
 */
class OutsideAccessTest {

  @TempDir Path folder;
  private Path pack;
  private Path outside;

  @BeforeEach
  void makeBoth() throws IOException {
    pack = Files.createDirectory(folder.resolve("package"));
    outside = Files.writeString(folder.resolve("outside"), "secret");
  }

  @Test
  void opensNothingThatADocumentNames() throws IOException {
    try (CountingServer server = new CountingServer()) {
      List<FuzzInput> inputs =
          FuzzInputs.all("", server.address()).stream()
              .map(i -> new FuzzInput(i.name(), i.kind(), withFiles(i.text())))
              .toList();
      assertThat(inputs).anyMatch(i -> i.text().contains(outside.toUri().toString()));
      ReadingSurface surface = new ReadingSurface(pack);
      Set<Path> opened =
          opened(
              () -> {
                for (FuzzInput input : inputs) {
                  surface.read(input);
                }
              });
      assertThat(surface.taken()).isPositive();
      assertThat(opened).isNotEmpty().allMatch(file -> file.startsWith(pack), pack.toString());
      assertThat(server.connections()).isZero();
    }
  }

  /** A watch that sees nothing would prove nothing. */
  @Test
  void thisWatchSeesFilesAndConnections() throws IOException {
    assertThat(opened(() -> Files.readString(outside))).contains(outside);
    assertThat(opened(() -> outside.toUri().toURL().openStream().readAllBytes())).contains(outside);
    try (CountingServer server = new CountingServer()) {
      try {
        URI.create(server.address()).toURL().openStream().close();
      } catch (IOException answered) {
        assertThat(answered).hasMessageContaining(server.address());
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private String withFiles(String text) {
    return text.replace("file:///etc/hostname", outside.toUri().toString());
  }

  /** Returns the files that a step read, but for those of Java and of the class path. */
  private Set<Path> opened(Step step) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileRead").withThreshold(Duration.ZERO);
      recording.start();
      step.run();
      recording.stop();
      recording.dump(file);
    }
    Set<Path> opened = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      String path = event.getString("path");
      if (path != null
          && !path.endsWith(".jar")
          && !path.startsWith(System.getProperty("java.home"))) {
        opened.add(Path.of(path));
      }
    }
    opened.removeIf(path -> path.toString().endsWith(".class"));
    return opened;
  }

  /** Is what is watched. */
  private interface Step {
    void run() throws IOException;
  }
}
