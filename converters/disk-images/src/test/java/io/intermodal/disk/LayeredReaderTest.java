package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.LayeredReader;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.engine.Pipeline;
import io.intermodal.disk.internal.engine.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Layers give what the guest saw, whatever the sizes and encodings of their pieces. */
class LayeredReaderTest {

  private static final int BLOCK = Sample.BLOCK;
  private static final int MIB = 1 << 20;

  @Test
  void overlayHidesAPartOfACompressedBlock() {
    Layer base = new Layer(BLOCK, MIB).put(0, BLOCK, Encoding.ZLIB, 1);
    Layer overlay = new Layer(BLOCK, MIB).put(8192, 4096, Encoding.RAW, 2);
    byte[] expected = new byte[BLOCK];
    base.apply(expected);
    overlay.apply(expected);
    assertThat(expected).contains(1, atIndex(0)).contains(2, atIndex(8192));
    Batch joined =
        Objects.requireNonNull(
            new LayeredReader(overlay.reader(), base.reader()).next(new BufferPool(1, BLOCK)));
    assertThat(joined.extents())
        .extracting(Extent::encoding)
        .containsExactly(Encoding.ZLIB, Encoding.RAW);
    for (Encoding wanted : List.of(Encoding.RAW, Encoding.ZLIB, Encoding.DEFLATE)) {
      assertThat(contentOf(new LayeredReader(overlay.reader(), base.reader()), wanted, false))
          .as("as %s", wanted)
          .isEqualTo(expected);
    }
  }

  @Test
  void explicitZerosHideTheBase() {
    Layer base =
        new Layer(2 * BLOCK, MIB)
            .put(0, BLOCK, Encoding.DEFLATE, 1)
            .put(BLOCK, BLOCK, Encoding.RAW, 3);
    Layer overlay = new Layer(2 * BLOCK, MIB).put(512, 2 * BLOCK - 1024, Encoding.ZERO, 0);
    byte[] expected = new byte[2 * BLOCK];
    base.apply(expected);
    Arrays.fill(expected, 512, 2 * BLOCK - 512, (byte) 0);
    assertThat(contentOf(new LayeredReader(overlay.reader(), base.reader()), Encoding.RAW, false))
        .isEqualTo(expected);
  }

  @Test
  void passesWhatIsNotHiddenOnAsItIsStored() {
    Layer base = new Layer(4 * BLOCK, MIB);
    Layer overlay = new Layer(4 * BLOCK, 2 * MIB);
    for (int i = 0; i < 4; i++) {
      (i % 2 == 0 ? base : overlay).put((long) i * BLOCK, BLOCK, Encoding.ZLIB, i + 1);
    }
    base.put(BLOCK, BLOCK, Encoding.ZLIB, 9);
    Collector collector = new Collector(4 * BLOCK, Encoding.ZLIB);
    Pipeline.Outcome outcome =
        run(new LayeredReader(overlay.reader(), base.reader()), collector, false);
    assertThat(outcome.passedThroughBlocks()).isEqualTo(4);
    assertThat(collector.content)
        .startsWith(1)
        .contains(2, atIndex(BLOCK))
        .contains(4, atIndex(3 * BLOCK));
  }

  @Test
  void showsNothingOfABaseBehindEitherEnd() {
    // The base's only cluster yields 64 KiB, of which the base has 512 bytes and the overlay 1024.
    Layer base = new Layer(512, MIB).put(0, 512, BLOCK, Encoding.DEFLATE, 7);
    Layer overlay = new Layer(1024, MIB);
    byte[] expected = new byte[1024];
    Arrays.fill(expected, 0, 512, (byte) 7);
    assertThat(contentOf(new LayeredReader(overlay.reader(), base.reader()), Encoding.RAW, false))
        .isEqualTo(expected);
    Layer large = new Layer(BLOCK, MIB).put(0, BLOCK, Encoding.DEFLATE, 7);
    for (Encoding wanted : List.of(Encoding.ZLIB, Encoding.DEFLATE)) {
      Collector collector = new Collector(BLOCK, wanted);
      run(new LayeredReader(new Layer(512, MIB).reader(), large.reader()), collector, true);
      assertThat(Arrays.copyOf(collector.content, 512)).containsOnly(7);
      assertThat(Arrays.copyOfRange(collector.content, 512, BLOCK)).containsOnly(0);
    }
  }

  @Test
  void countsLayersAndGathersNotes() {
    LayeredReader two =
        new LayeredReader(new Layer(512, MIB).reader(), new Layer(512, MIB).reader());
    LayeredReader three = new LayeredReader(new Layer(512, MIB).reader(), two);
    assertThat(three.details()).containsEntry("layers", "3");
    assertThat(three.notes()).containsExactly("n", "base: n", "base: base: n");
  }

  @Property(tries = 150)
  void randomLayersGiveWhatTheGuestSaw(@ForAll long seed) {
    Random random = new Random(seed);
    long overlaySize = 512L * (1 + random.nextInt(6_000));
    byte[] expected = new byte[(int) overlaySize];
    @Nullable ExtentReader chain = null;
    for (int level = 1 + random.nextInt(3); level >= 0; level--) {
      long size = level == 0 ? overlaySize : 512L * (1 + random.nextInt(6_000));
      Layer layer = Layer.random(random, size, MIB << random.nextInt(2));
      expected = Arrays.copyOf(expected, (int) size);
      layer.apply(expected);
      chain = chain == null ? layer.reader() : new LayeredReader(layer.reader(), chain);
    }
    Encoding wanted = List.of(Encoding.RAW, Encoding.ZLIB, Encoding.DEFLATE).get(random.nextInt(3));
    assertThat(contentOf(Objects.requireNonNull(chain), wanted, random.nextBoolean()))
        .isEqualTo(expected);
  }

  private static byte[] contentOf(ExtentReader reader, Encoding wanted, boolean verify) {
    Collector collector = new Collector((int) reader.virtualSizeBytes(), wanted);
    run(reader, collector, verify);
    return Arrays.copyOf(collector.content, (int) reader.virtualSizeBytes());
  }

  private static Pipeline.Outcome run(ExtentReader reader, ExtentWriter writer, boolean verify) {
    Plan plan =
        new Plan(
            reader.virtualSizeBytes(), reader.windowBytes(), writer.wanted(), verify, verify, 1);
    SourceBytes source =
        SourceBytes.of("layers", InputStream.nullInputStream(), OptionalLong.empty());
    return new Pipeline(reader, writer, plan, source, 2, Cancellation.none(), stored -> {}).run();
  }

  /** Takes blocks and decodes them; each may come once. */
  private static final class Collector implements ExtentWriter {

    private final byte[] content;
    private final Encoding wanted;

    Collector(int size, Encoding wanted) {
      this.content = new byte[(size + BLOCK - 1) / BLOCK * BLOCK];
      this.wanted = wanted;
    }

    @Override
    public Encoding wanted() {
      return wanted;
    }

    @Override
    public void write(Extent extent) {
      int at = (int) extent.offset();
      if (extent.encoding() == Encoding.RAW) {
        System.arraycopy(extent.bytes(), extent.from(), content, at, extent.size());
        return;
      }
      Inflater inflater = new Inflater(extent.encoding() == Encoding.DEFLATE);
      try {
        inflater.setInput(extent.bytes(), extent.from(), extent.size());
        assertThat(inflater.inflate(content, at, BLOCK)).isEqualTo(BLOCK);
      } catch (DataFormatException e) {
        throw new AssertionError(e);
      } finally {
        inflater.end();
      }
    }

    @Override
    public void finish() {}
  }

  /** Extents of one image; each sector of one is filled with another byte. */
  private static final class Layer {

    private final long size;
    private final int window;
    private final List<Extent> extents = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    Layer(long size, int window) {
      this.size = size;
      this.window = window;
    }

    static Layer random(Random random, long size, int window) {
      Layer layer = new Layer(size, window);
      int unit = 512 << random.nextInt(12);
      for (int at = 0; at < size; at += unit) {
        int length = (int) Math.min(unit, size - at);
        int fill = 1 + random.nextInt(100);
        switch (random.nextInt(6)) {
          case 0 -> layer.put(at, length, Encoding.RAW, fill);
          case 1 -> layer.put(at, length, unit, Encoding.ZLIB, fill);
          case 2 -> layer.put(at, length, unit, Encoding.DEFLATE, fill);
          case 3 -> layer.put(at, length, Encoding.ZERO, 0);
          default -> {}
        }
      }
      return layer;
    }

    Layer put(long at, int length, Encoding encoding, int fill) {
      return put(at, length, length, encoding, fill);
    }

    Layer put(long at, int length, int unit, Encoding encoding, int fill) {
      byte[] bytes = new byte[encoding == Encoding.RAW ? length : unit];
      for (int i = 0; i < bytes.length && fill != 0; i++) {
        bytes[i] = (byte) (fill + i / 512 % 27);
      }
      contents.add(bytes);
      if (encoding == Encoding.ZERO) {
        bytes = new byte[0];
      } else if (encoding == Encoding.ZLIB || encoding == Encoding.DEFLATE) {
        bytes = deflate(bytes, encoding == Encoding.DEFLATE);
      }
      extents.add(new Extent(at, length, unit, encoding, bytes, 0, bytes.length, at));
      return this;
    }

    private static byte[] deflate(byte[] bytes, boolean raw) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      Deflater deflater = new Deflater(1, raw);
      try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        deflater.end();
      }
      return packed.toByteArray();
    }

    void apply(byte[] guest) {
      for (int i = 0; i < extents.size(); i++) {
        Extent extent = extents.get(i);
        System.arraycopy(contents.get(i), 0, guest, (int) extent.offset(), extent.length());
      }
    }

    ExtentReader reader() {
      Deque<Extent> left = new ArrayDeque<>(extents);
      return new ExtentReader() {
        @Override
        public long virtualSizeBytes() {
          return size;
        }

        @Override
        public int windowBytes() {
          return window;
        }

        @Override
        public Map<String, String> details() {
          return Map.of();
        }

        @Override
        public @Nullable Batch next(BufferPool pool) {
          if (left.isEmpty()) {
            return null;
          }
          long start = left.getFirst().offset() & -window;
          byte[] buffer = pool.take(2 * window);
          List<Extent> here = new ArrayList<>();
          int used = 0;
          while (!left.isEmpty() && left.getFirst().offset() < start + window) {
            Extent next = left.removeFirst();
            System.arraycopy(next.bytes(), 0, buffer, used, next.size());
            here.add(next.with(next.encoding(), buffer, used, next.size()));
            used += next.size();
          }
          return new Batch(start, (int) Math.min(window, size - start), here, buffer, 0);
        }

        @Override
        public long storedBytesRead() {
          return 0;
        }

        @Override
        public List<String> notes() {
          return List.of("n");
        }
      };
    }
  }
}
