package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What must hold for all numbers and names of archives. */
class TarPropertiesTest {

  private static final long LIMIT = 8L << 30;

  @Provide
  Arbitrary<Long> sizes() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(LIMIT - 3, LIMIT + 3),
        Arbitraries.longs().between(0, Long.MAX_VALUE >> 1),
        Arbitraries.longs().between(0, 2000));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abc/ö漢. ()")
        .ofMinLength(1)
        .ofMaxLength(400)
        .filter(name -> MemberNames.objection(name) == null);
  }

  @Property(tries = 2000)
  void everyNameAndSizeReadsBack(@ForAll("names") String name, @ForAll("sizes") long size) {
    byte[] blocks = TarHeader.of(name, size);
    assertThat(blocks.length % TarHeader.BLOCK).isZero();
    assertThat(blocks).hasSameSizeAs(TarHeader.of(name, 0));
    TarMembers members = new TarMembers("property");
    byte[] header = Arrays.copyOf(blocks, TarHeader.BLOCK);
    TarMembers.Header first = members.header(header, 0);
    if (first.kind() == TarMembers.Kind.EXTENSION) {
      int length = (int) first.size();
      members.extension(
          first, Arrays.copyOfRange(blocks, TarHeader.BLOCK, TarHeader.BLOCK + length));
      int at = blocks.length - TarHeader.BLOCK;
      members.header(Arrays.copyOfRange(blocks, at, blocks.length), at);
    }
    assertThat(members.members()).containsExactly(new TarMember(name, blocks.length, size));
  }

  @Property(tries = 2000)
  void bothFormsOfNumbersReadBack(@ForAll @LongRange(min = 0) long size) {
    byte[] block = TarHeader.of("x", size);
    assertThat(TarHeader.number(block, 124, 12)).isEqualTo(size);
    assertThat((block[124] & 0x80) != 0).isEqualTo(size >= LIMIT);
    assertThat(TarHeader.sumMatches(block)).isTrue();
  }

  @Property(tries = 500)
  void plainTwelveDigitsReadBack(@ForAll @LongRange(min = 0, max = (1L << 36) - 1) long size) {
    byte[] block = TarHeader.of("x", 0);
    byte[] digits = String.format("%012o", size).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(digits, 0, block, 124, 12);
    assertThat(TarHeader.number(block, 124, 12)).isEqualTo(size);
  }

  @Property(tries = 1000)
  void aChangedBitOfAHeaderIsNoticed(
      @ForAll("names") String name, @ForAll @IntRange(min = 0, max = 512 * 8 - 1) int bit) {
    byte[] blocks = TarHeader.of(name, 77);
    byte[] header = Arrays.copyOfRange(blocks, blocks.length - TarHeader.BLOCK, blocks.length);
    header[bit / 8] ^= (byte) (1 << (bit % 8));
    // The last two bytes of the sum's field mean nothing.
    boolean sum = bit / 8 >= 148 && bit / 8 < 156;
    assertThat(TarHeader.sumMatches(header) && !sum).isFalse();
  }

  /** However the source cuts its bytes up, the result is that of the file as a whole. */
  @Property(tries = 60)
  void readsOfAnySizeGiveTheSame(@ForAll @IntRange(min = 1, max = 70_000) int most) {
    byte[] ova = SamplePackage.of("disk.img", SamplePackage.random(most, 150_000)).ova();
    Verification whole = OvaStream.of("whole", new ByteArrayInputStream(ova)).read().verification();
    Verification cut = OvaStream.of("cut", new Trickle(ova, most)).read().verification();
    assertThat(SamplePackage.withoutTime(cut)).isEqualTo(SamplePackage.withoutTime(whole));
    assertThat(whole.verified()).isTrue();
  }

  @Property(tries = 400)
  void partsPutTogetherAreTheWhole(
      @ForAll @IntRange(min = 0, max = 3000) int size,
      @ForAll @IntRange(min = 1, max = 900) int part,
      @ForAll @IntRange(min = 1, max = 1000) int write)
      throws IOException {
    byte[] content = SamplePackage.random(size, size);
    Collected parts = new Collected();
    ChunkChannel cut = new ChunkChannel(parts, part);
    for (int at = 0; at < size; at += write) {
      cut.write(ByteBuffer.wrap(content, at, Math.min(write, size - at)));
    }
    cut.finish();
    List<byte[]> all = parts.all.stream().map(ByteArrayOutputStream::toByteArray).toList();
    assertThat(SamplePackage.tar(all.toArray(byte[][]::new))).isEqualTo(content);
    assertThat(all).hasSize(Math.max(1, (size + part - 1) / part));
    assertThat(all.subList(0, all.size() - 1)).allMatch(p -> p.length == part);
    assertThat(parts.ended).isEqualTo(all.size());
  }

  private static final class Collected implements ChunkChannel.Parts {

    private final List<ByteArrayOutputStream> all = new ArrayList<>();
    private int ended;

    @Override
    public WritableByteChannel begin(int number) {
      assertThat(number).isEqualTo(all.size());
      all.add(new ByteArrayOutputStream());
      return Channels.newChannel(Objects.requireNonNull(all.get(number)));
    }

    @Override
    public void end() {
      ended++;
    }
  }
}
