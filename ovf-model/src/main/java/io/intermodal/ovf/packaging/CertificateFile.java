package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Texts;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a {@code .cert} file says (DSP0243 "Distribution"): the signature of the manifest and
 * the certificates of its signer. Nothing is checked here; {@link SignatureCheck} does that.
 * Immutable.
 *
 * <p>Every form met in practice is read: blanks around brackets, the algorithm words of OpenSSL
 * ({@code RSA-SHA256}, {@code EC-SHA2-512}), hexadecimal digits in either case and over several
 * lines, CR LF, text between the parts, certificates in any order, PKCS #7 bundles.
 *
 * @param name the name of the file itself
 * @param manifestName the name of the manifest that was signed, as written; null without a
 *     signature
 * @param digest the digest under the signature; null without a signature, or when it is not known
 * @param signatureHex the signature in lower-case hexadecimal; empty when there is none that can be
 *     read
 * @param certificates in the order of the file
 * @param findings what was not understood
 */
public record CertificateFile(
    String name,
    @Nullable String manifestName,
    @Nullable DigestAlgorithm digest,
    String signatureHex,
    List<X509Certificate> certificates,
    List<Finding> findings) {

  /** The longest file that is read; usual ones have a few KiB. */
  public static final int MOST_BYTES = 1 << 20;

  /** The most certificates that are kept. */
  public static final int MOST_CERTIFICATES = 32;

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f\\s]*");
  private static final Pattern KEY_WORD = Pattern.compile("([A-Z0-9]+-)?(?=SHA)");

  /** Copies the lists. */
  public CertificateFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(signatureHex, "signatureHex");
    certificates = List.copyOf(certificates);
    findings = List.copyOf(findings);
  }

  /**
   * Reads a certificate file; what is wrong with it becomes findings.
   *
   * @throws IntermodalException {@link OvfError#PACKAGE_LIMIT} over {@link #MOST_BYTES}
   */
  public static CertificateFile parse(String name, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot read "
              + name
              + ": its "
              + bytes.length
              + " bytes are over the bound of "
              + MOST_BYTES,
          name,
          null);
    }
    return new Parser(name).parse(Pem.read(bytes));
  }

  /** Returns the bytes of the signature; none when there is no signature that can be read. */
  public byte[] signature() {
    return HexFormat.of().parseHex(signatureHex);
  }

  /** Reads one file. */
  private static final class Parser {

    private final String name;
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder hex = new StringBuilder();
    private @Nullable String manifestName;
    private @Nullable DigestAlgorithm digest;

    Parser(String name) {
      this.name = name;
    }

    CertificateFile parse(Pem pem) {
      signature(pem.outside());
      List<X509Certificate> certificates = certificates(pem.blocks());
      if (certificates.isEmpty()) {
        find(FindingCode.CERTIFICATE_MALFORMED, "there is no certificate in it that can be read");
      }
      return new CertificateFile(
          name, manifestName, digest, hex.toString(), certificates, findings);
    }

    private void signature(List<String> lines) {
      boolean gathers = false;
      boolean second = false;
      for (String line : lines) {
        int equals = line.lastIndexOf('=');
        String head = equals < 0 ? "" : line.substring(0, equals).strip();
        if (isHead(head)) {
          second |= manifestName != null;
          gathers = manifestName == null;
          if (gathers) {
            head(head);
          }
          line = line.substring(equals + 1);
        }
        gathers &= HEX.matcher(line).matches();
        if (gathers) {
          line.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> hex.append((char) c));
        }
      }
      String digits = hex.toString().toLowerCase(Locale.ROOT);
      hex.setLength(0);
      if (second) {
        find(FindingCode.CERTIFICATE_EXTRA, "there is more than one signature; the first counts");
      }
      if (manifestName == null) {
        find(FindingCode.CERTIFICATE_MALFORMED, "there is no line with a signature in it");
      } else if (digits.isEmpty() || digits.length() % 2 != 0) {
        find(FindingCode.CERTIFICATE_MALFORMED, "the signature is no row of hexadecimal bytes");
      } else {
        hex.append(digits);
      }
    }

    /** Tells {@code word(name)}; the word need not be known. */
    private static boolean isHead(String head) {
      int open = head.indexOf('(');
      return open > 0
          && head.endsWith(")")
          && head.substring(0, open).strip().matches("[A-Za-z0-9-]{1,40}");
    }

    private void head(String head) {
      int open = head.indexOf('(');
      String word = head.substring(0, open).strip();
      manifestName = head.substring(open + 1, head.length() - 1).strip();
      String plain = KEY_WORD.matcher(word.toUpperCase(Locale.ROOT)).replaceFirst("");
      Optional<DigestAlgorithm> known = DigestAlgorithm.named(plain);
      digest = known.orElse(null);
      if (known.isEmpty()) {
        find(FindingCode.CERTIFICATE_MALFORMED, "the digest " + word + " is not known");
      }
    }

    private List<X509Certificate> certificates(List<Pem.Block> blocks) {
      List<X509Certificate> certificates = new ArrayList<>();
      int broken = 0;
      for (Pem.Block block : blocks) {
        if (!block.isCertificate() && !block.isBundle()) {
          find(
              FindingCode.CERTIFICATE_EXTRA,
              "it holds something else than certificates: " + Texts.shorten(block.label()));
          continue;
        }
        List<X509Certificate> read = Certificates.read(block);
        broken += read.isEmpty() ? 1 : 0;
        for (X509Certificate one : read) {
          if (certificates.size() == MOST_CERTIFICATES) {
            find(
                FindingCode.CERTIFICATE_EXTRA,
                "it holds more than " + MOST_CERTIFICATES + " certificates; the others are left");
            return certificates;
          }
          certificates.add(one);
        }
      }
      if (broken > 0) {
        find(FindingCode.CERTIFICATE_MALFORMED, broken + " certificate(s) in it cannot be read");
      }
      return certificates;
    }

    private void find(FindingCode code, String message) {
      boolean known = findings.stream().anyMatch(f -> f.message().equals(message));
      if (!known && findings.size() < MOST_CERTIFICATES) {
        findings.add(Finding.of(code, name, message));
      }
    }
  }
}
