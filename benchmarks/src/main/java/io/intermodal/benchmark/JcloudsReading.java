package io.intermodal.benchmark;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jclouds.http.functions.ParseSax;
import org.jclouds.http.functions.config.SaxParserModule;
import org.jclouds.ovf.xml.EnvelopeHandler;

/**
 * Reads the same descriptors with jclouds' OVF reader and with ours; {@code jclouds.sh} runs it.
 */
public final class JcloudsReading {

  private static final int ROUNDS = 21;

  private final ParseSax.Factory factory;
  private final Injector injector;

  private JcloudsReading() {
    injector = Guice.createInjector(new SaxParserModule());
    factory = injector.getInstance(ParseSax.Factory.class);
  }

  /** Runs {@code <folder>}: prints what each reads, and the time for what both read. */
  public static void main(String[] arguments) throws IOException {
    new JcloudsReading().run(Path.of(arguments[0]));
  }

  private void run(Path folder) throws IOException {
    List<byte[]> both = new ArrayList<>();
    int files = 0;
    int theirs = 0;
    int theirsWithHardware = 0;
    int ours = 0;
    int oursWithHardware = 0;
    long length = 0;
    for (Path file : descriptors(folder)) {
      byte[] bytes = Files.readAllBytes(file);
      files++;
      Result they = theirs(bytes);
      Result we = ours(bytes);
      theirs += they.read() ? 1 : 0;
      theirsWithHardware += they.hardware() ? 1 : 0;
      ours += we.read() ? 1 : 0;
      oursWithHardware += we.hardware() ? 1 : 0;
      if (they.read() && we.read()) {
        both.add(bytes);
        length += bytes.length;
      }
    }
    System.out.printf("descriptors: %d%n", files);
    System.out.printf("jclouds: %d read, %d of them with hardware%n", theirs, theirsWithHardware);
    System.out.printf("ours:    %d read, %d of them with hardware%n", ours, oursWithHardware);
    System.out.printf("both: %d, %d bytes%n", both.size(), length);
    time(both);
  }

  /** Lets them take turns, so that what disturbs one disturbs the other. */
  private void time(List<byte[]> both) {
    double[] theirs = new double[ROUNDS];
    double[] ours = new double[ROUNDS];
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      long from = System.nanoTime();
      both.forEach(this::theirs);
      long middle = System.nanoTime();
      both.forEach(JcloudsReading::ours);
      if (round >= 0) {
        theirs[round] = (middle - from) / 1e6;
        ours[round] = (System.nanoTime() - middle) / 1e6;
      }
    }
    Arrays.sort(theirs);
    Arrays.sort(ours);
    System.out.printf(
        Locale.ROOT,
        "all that both read, median of %d: jclouds %.1f ms, ours %.1f ms%n",
        ROUNDS,
        theirs[ROUNDS / 2],
        ours[ROUNDS / 2]);
  }

  private static List<Path> descriptors(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> f.toString().endsWith(".ovf")).sorted().toList();
    }
  }

  private Result theirs(byte[] bytes) {
    try {
      org.jclouds.ovf.Envelope envelope =
          factory
              .create(injector.getInstance(EnvelopeHandler.class))
              .parse(new ByteArrayInputStream(bytes));
      // It returns an envelope with nothing in it for a document that it does not understand.
      return envelope == null || envelope.getVirtualSystem() == null
          ? new Result(false, false)
          : new Result(
              true,
              envelope.getVirtualSystem().getVirtualHardwareSections().stream()
                  .anyMatch(s -> !s.getItems().isEmpty()));
    } catch (RuntimeException e) {
      return new Result(false, false);
    }
  }

  private static Result ours(byte[] bytes) {
    try {
      Envelope envelope = Envelope.read("a", bytes);
      return new Result(
          !envelope.contents().isEmpty(),
          envelope.machines(null).stream()
              .anyMatch(m -> m.cpus() != null || !m.disks().isEmpty() || !m.nics().isEmpty()));
    } catch (IntermodalException e) {
      return new Result(false, false);
    }
  }

  /**
   * Says what a reader made of a descriptor.
   *
   * @param read whether it found a system
   * @param hardware whether it found a device in one
   */
  private record Result(boolean read, boolean hardware) {}
}
