package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** No byte of a package can change without being noticed. */
class TamperingTest {

  private static final byte[] OVA = SamplePackage.twoDisks().ova();

  private static final List<Place> PLACES = places();

  /** Is a byte of a member. */
  private record Place(int offset, boolean manifest) {}

  private static List<Place> places() {
    List<Place> places = new ArrayList<>();
    TarStream tar = new TarStream("sample", new ByteArrayInputStream(OVA), Long.MAX_VALUE);
    try {
      for (TarMember member = tar.next(); member != null; member = tar.next()) {
        for (int i = 0; i < member.size(); i++) {
          places.add(new Place((int) member.offset() + i, member.name().equals("vm.mf")));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return places;
  }

  private static StreamedPackage read(byte[] archive) {
    return OvaStream.of("x", new ByteArrayInputStream(archive)).read();
  }

  @Property(tries = 3000)
  void aChangedByteOfAnyMemberIsNoticed(
      @ForAll @IntRange(min = 0, max = 1 << 20) int which,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    Place place = PLACES.get(which % PLACES.size());
    byte[] changed = OVA.clone();
    changed[place.offset()] ^= (byte) change;
    StreamedPackage result;
    try {
      result = read(changed);
    } catch (IntermodalException noDescriptorAnyMore) {
      assertThat(noDescriptorAnyMore).hasMessageStartingWith("cannot ");
      assertThat(place.manifest()).isFalse();
      return;
    }
    // A manifest may be written in several ways, with capitals for example; it says the same then.
    boolean sameWords =
        place.manifest()
            && Objects.equals(entries(result.manifest()), entries(read(OVA).manifest()));
    assertThat(result.verification().verified()).isEqualTo(sameWords);
  }

  private static List<Manifest.Entry> entries(@Nullable Manifest manifest) {
    return manifest == null ? List.of() : manifest.entries();
  }
}
