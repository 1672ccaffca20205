package io.intermodal.ovf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.packaging.PackageSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Makes every finding once, beside a clean sample that has none. */
class FindingCodeTest {

  @TempDir Path folder;

  private static String clean() throws IOException {
    return new String(EnvelopeTest.sample("clean.ovf"), UTF_8);
  }

  private static Envelope read(String text) {
    return Envelope.read("sample", text.getBytes(UTF_8));
  }

  static List<FindingSamples.Sample> samples() {
    return FindingSamples.all();
  }

  @Test
  void theCleanSamplesHaveNone() throws IOException {
    Envelope envelope = read(clean());
    assertThat(envelope.findings()).isEmpty();
    assertThat(envelope.machines(null).get(0).cpus()).isEqualTo(4);
    assertThat(envelope.findingsFor(Consumer.VMWARE)).isEmpty();
    assertThat(envelope.findingsFor(Consumer.VIRTUALBOX))
        .extracting(Finding::code)
        .containsOnly(FindingCode.TARGET_STORAGE);
    assertThat(PackageSamples.clean(folder)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSmallChangeMakesEachFindingOfADescriptor(FindingSamples.Sample sample) throws IOException {
    Envelope envelope = read(sample.of(clean()));
    Consumer consumer = sample.consumer();
    List<Finding> findings =
        consumer == null ? envelope.findings() : envelope.findingsFor(consumer);
    assertThat(findings)
        .filteredOn(f -> f.code() == sample.code())
        .isNotEmpty()
        .allSatisfy(
            f -> {
              assertThat(f.line()).isPositive();
              assertThat(f.column()).isPositive();
              assertThat(f.path()).startsWith("/Envelope");
              assertThat(f.message()).isNotBlank().hasSizeLessThan(250);
              assertThat(f.severity()).isEqualTo(f.code().severity(Strictness.LENIENT));
            });
  }

  @Test
  void eachFindingOfAPackageHasItsPackage() {
    PackageSamples.all(folder)
        .forEach(
            (code, findings) ->
                assertThat(findings).extracting(Finding::code).as(code.name()).contains(code));
  }

  @Test
  void thereIsAnEndToFindings() {
    String files = "<File/>".repeat(2000);
    assertThat(read("<Envelope><References>" + files + "</References></Envelope>").findings())
        .hasSize(Finding.MOST + 1)
        .last()
        .extracting(Finding::code)
        .isEqualTo(FindingCode.TOO_MANY);
  }

  @Test
  void everyFindingIsMadeBySomeSample() {
    // Those of signatures, streams and attributes have tests of their own beside what makes them.
    Set<FindingCode> made =
        EnumSet.of(
            FindingCode.TOO_MANY,
            FindingCode.ODCA_INVALID,
            FindingCode.ARCHIVE_COMPRESSED,
            FindingCode.ARCHIVE_TRAILING,
            FindingCode.DIGEST_NOT_COMPUTED,
            FindingCode.CERTIFICATE_MALFORMED,
            FindingCode.CERTIFICATE_EXTRA,
            FindingCode.CERTIFICATE_NAME,
            FindingCode.CERTIFICATE_ALTERED,
            FindingCode.SIGNATURE_BROKEN,
            FindingCode.SIGNATURE_UNCHECKABLE,
            FindingCode.SIGNATURE_WEAK,
            FindingCode.SIGNER_UNKNOWN,
            FindingCode.SIGNER_EXPIRED,
            FindingCode.SIGNER_NOT_YET_VALID);
    samples().forEach(sample -> made.add(sample.code()));
    made.addAll(PackageSamples.all(folder).keySet());
    assertThat(made).containsExactlyInAnyOrder(FindingCode.values());
  }

  @ParameterizedTest
  @EnumSource
  void everyFindingSaysWhatToDo(FindingCode code) {
    assertThat(code.remedy()).isNotBlank().doesNotEndWith(".");
    assertThat(code.remedy().substring(0, 1))
        .isEqualTo(code.remedy().substring(0, 1).toLowerCase(Locale.ROOT));
    // A strict reader minds at least what a lenient one does.
    assertThat(code.severity(Strictness.STRICT))
        .isLessThanOrEqualTo(code.severity(Strictness.LENIENT));
  }
}
