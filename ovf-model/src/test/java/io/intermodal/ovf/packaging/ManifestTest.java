package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  private static final String SHA1 = "264caaa216ad928f82f727bb06d8e6e6fbd94df0";

  private static Manifest parse(String text) {
    return Manifest.parse("a.mf", text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1(a.ovf)= ", "SHA1 (a.ovf) = ", "sha1(./a.ovf)=", "SHA-1(a.ovf)=  "})
  void readsEveryForm(String front) {
    for (String end : new String[] {"", "\n", "\r\n", "\n\n"}) {
      Manifest manifest = parse(front + SHA1.toUpperCase(Locale.ROOT) + end);
      assertThat(manifest.findings()).isEmpty();
      assertThat(manifest.entries())
          .containsExactly(new Manifest.Entry("a.ovf", DigestAlgorithm.SHA1, SHA1));
    }
  }

  @Test
  void takesTheLastBracketAsTheEndOfTheName() {
    assertThat(parse("SHA1(a (1).vmdk)= " + SHA1).entries().get(0).name()).isEqualTo("a (1).vmdk");
  }

  @Test
  void reportsWhatItDoesNotUnderstand() {
    assertThat(parse("hello\nMD5(a)= 00\nSHA1(a)= 12\n").findings())
        .extracting(Finding::code)
        .containsExactly(
            FindingCode.MANIFEST_LINE, FindingCode.MANIFEST_LINE, FindingCode.MANIFEST_DIGEST);
    String other = SHA1.replace('2', '3');
    assertThat(parse("SHA1(a)= " + SHA1 + "\nSHA1(a)= " + other).findings()).hasSize(1);
    assertThat(parse("SHA1(a)= " + SHA1 + "\nSHA1(a)= " + SHA1).findings()).isEmpty();
  }

  /** Blanks can be shared out among the parts of a line in as many ways as there are of them. */
  @Test
  @Timeout(20)
  void aLineOfBlanksCostsAsMuchAsAnyOther() {
    String blanks = " ".repeat(4 << 20);
    for (String line : List.of("SHA1(a)=" + blanks + "x", "SHA1(a)" + blanks + "x", blanks + "x")) {
      assertThat(Manifest.parse("m.mf", line.getBytes(StandardCharsets.UTF_8)).findings())
          .extracting(Finding::code)
          .containsExactly(FindingCode.MANIFEST_LINE);
    }
  }
}
