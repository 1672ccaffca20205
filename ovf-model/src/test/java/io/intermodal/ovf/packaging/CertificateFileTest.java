package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateFileTest {

  private static final String PLAIN = new String(SignatureSamples.sign(Identity.leaf()), UTF_8);
  private static final String LINE = PLAIN.substring(0, PLAIN.indexOf('\n'));
  private static final String HEX = LINE.substring("SHA256(a.mf)= ".length());
  private static final String PEM = PLAIN.substring(LINE.length() + 1);

  private static CertificateFile parse(String text) {
    return CertificateFile.parse("a.cert", text.getBytes(UTF_8));
  }

  private static String bundle(String label) throws GeneralSecurityException {
    byte[] der =
        CertificateFactory.getInstance("X.509")
            .generateCertPath(Identity.leaf().chain())
            .getEncoded("PKCS7");
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  static Stream<String> forms() throws GeneralSecurityException {
    String wrapped = HEX.replaceAll("(.{64})", "$1\n");
    int second = PEM.indexOf("-----BEGIN", 1);
    return Stream.of(
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.stripTrailing(),
        "\uFEFF" + PLAIN,
        "SHA256 ( a.mf ) = " + HEX.toUpperCase(Locale.ROOT) + "\n" + PEM,
        "sha-256(a.mf)=" + HEX + "\n" + PEM,
        "RSA-SHA256(a.mf)= " + HEX + "\n" + PEM,
        "RSA-SHA2-256(a.mf)= " + HEX + "\n" + PEM,
        "SHA256(a.mf)= \n" + wrapped + "\n" + PEM,
        "SHA256(a.mf)= " + wrapped.replace("\n", "\r\n  ") + "\r\n\r\n" + PEM,
        "\n\n" + LINE + "\n\nBag Attributes\nsubject=CN=x\n" + PEM + "\nthe end\n",
        PEM + LINE,
        LINE + "\n" + PEM.substring(second) + PEM.substring(0, second),
        LINE + "\n" + PEM.replace(" CERTIFICATE", " X509 CERTIFICATE"),
        LINE + "\n" + PEM.replace(" CERTIFICATE", " TRUSTED CERTIFICATE"),
        LINE + "\n" + bundle("PKCS7"),
        LINE + "\n" + bundle("CMS"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsEveryForm(String text) {
    CertificateFile file = parse(text);
    assertThat(file.findings()).isEmpty();
    assertThat(file.manifestName()).isEqualTo("a.mf");
    assertThat(file.digest()).isEqualTo(DigestAlgorithm.SHA256);
    assertThat(file.signatureHex()).isEqualTo(HEX);
    assertThat(file.certificates()).hasSameElementsAs(Identity.leaf().chain());
    assertThat(
            SignatureSamples.check(text.getBytes(UTF_8), SignatureSamples.trusting(Identity.root()))
                .outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhatIsWrong(String text, FindingCode code, String message) {
    assertThat(parse(text).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.message()).contains(message);
              assertThat(finding.path()).isEqualTo("a.cert");
            });
  }

  static Stream<Object[]> broken() {
    FindingCode malformed = FindingCode.CERTIFICATE_MALFORMED;
    FindingCode extra = FindingCode.CERTIFICATE_EXTRA;
    return Stream.of(
        new Object[] {"", malformed, "no line with a signature"},
        new Object[] {"", malformed, "no certificate in it"},
        new Object[] {PEM, malformed, "no line with a signature"},
        new Object[] {LINE, malformed, "no certificate in it"},
        new Object[] {"MD5(a.mf)= 00\n" + PEM, malformed, "digest MD5 is not known"},
        new Object[] {"SHA256(a.mf)= \n" + PEM, malformed, "no row of hexadecimal"},
        new Object[] {"SHA256(a.mf)= abc\n" + PEM, malformed, "no row of hexadecimal"},
        new Object[] {"SHA256(a.mf)= xyz\n" + PEM, malformed, "no row of hexadecimal"},
        new Object[] {PLAIN.replace("MI", "M\u00e9"), malformed, "3 certificate(s)"},
        new Object[] {PLAIN.replace("-----END", "----END"), malformed, "cannot be read"},
        new Object[] {PLAIN.substring(0, PLAIN.length() - 100), malformed, "1 certificate(s)"},
        new Object[] {LINE + "\n" + LINE + "\n" + PEM, extra, "more than one signature"},
        new Object[] {
          PLAIN + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
          extra,
          "PRIVATE KEY"
        },
        new Object[] {LINE + "\n" + PEM.repeat(11), extra, "more than 32 certificates"});
  }

  @Test
  void theFirstOfTwoSignaturesCounts() {
    assertThat(parse(LINE + "\nSHA1(b.mf)= 00\n" + PEM).signatureHex()).isEqualTo(HEX);
  }

  @Test
  void aNameMayHoldBracketsAndSigns() {
    assertThat(parse("SHA1(a (1)=b.mf)= 00\n").manifestName()).isEqualTo("a (1)=b.mf");
  }

  @Test
  void refusesAHugeFile() {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> CertificateFile.parse("a.cert", new byte[(1 << 20) + 1]))
        .withMessageContaining("a.cert")
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.PACKAGE_LIMIT));
  }

  @Test
  void manyBrokenPartsMakeFewFindings() {
    String many =
        "-----BEGIN X-----\n-----END X-----\n".repeat(25_000) + "SHA1(a)=\n".repeat(10_000);
    assertThat(parse(many).findings()).hasSizeLessThan(10);
    assertThat(parse("-----BEGIN CERTIFICATE-----\n".repeat(30_000)).findings())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("30000 certificate(s)"));
  }

  /** Damages files under their base 64 too, so that the readers of certificates are reached. */
  @Test
  void hostileBytesAreAnswers() throws GeneralSecurityException {
    Random random = new Random(20);
    byte[] sample = PLAIN.getBytes(UTF_8);
    byte[] single = Certificates.encoded(Identity.leaf().certificate());
    byte[] elliptic = Certificates.encoded(Identity.ec().certificate());
    byte[] bundle = Pem.read(bundle("PKCS7").getBytes(UTF_8)).blocks().get(0).der().orElseThrow();
    for (int i = 0; i < 4000; i++) {
      byte[] file =
          switch (i % 4) {
            case 0 -> damaged(sample, random);
            case 1 -> block("CERTIFICATE", damaged(single, random));
            case 2 -> block("TRUSTED CERTIFICATE", damaged(elliptic, random));
            default -> block("PKCS7", damaged(bundle, random));
          };
      try {
        SignatureResult result =
            SignatureSamples.check(file, SignatureSamples.trusting(Identity.root()));
        assertThat(result.sentence()).endsWith(".");
      } catch (RuntimeException e) {
        throw new AssertionError(Base64.getEncoder().encodeToString(file), e);
      }
    }
  }

  private static byte[] block(String label, byte[] der) {
    String text = Base64.getEncoder().encodeToString(der);
    return (LINE + "\n-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n")
        .getBytes(UTF_8);
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
