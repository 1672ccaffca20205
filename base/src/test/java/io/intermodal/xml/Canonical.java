package io.intermodal.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.TransformException;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;

/**
 * Puts documents into canonical form (Canonical XML 1.0 with comments), where two documents are
 * equal exactly when they mean the same: by the JDK, and by {@code xmllint} as a judge that shares
 * no line with it.
 */
final class Canonical {

  private static final Pattern DECLARATION =
      Pattern.compile("\\A\\s*(<\\?xml\\s[^>]*\\?>)?", Pattern.DOTALL);

  private static final Pattern RELATIVE =
      Pattern.compile("(\\sxmlns(?::[^\\s=]+)?\\s*=\\s*[\"'])(?![\"'])(?![a-z]+:)([^\"'<]*[\"'])");

  private Canonical() {}

  static byte[] jdk(byte[] document) throws GeneralSecurityException, IOException {
    TransformService service =
        TransformService.getInstance(CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS, "DOM");
    service.init((TransformParameterSpec) null);
    try {
      OctetStreamData out =
          (OctetStreamData)
              service.transform(new OctetStreamData(new ByteArrayInputStream(document)), null);
      return out.getOctetStream().readAllBytes();
    } catch (TransformException e) {
      throw new IOException(e);
    }
  }

  /** Skips the test where there is no judge, or fails it where there must be one. */
  static void requireXmllint() {
    boolean there;
    try {
      there = run(List.of("--version")).status() == 0;
    } catch (IOException e) {
      there = false;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(there).as("xmllint is installed (Debian: libxml2-utils)").isTrue();
    }
    assumeTrue(there, "xmllint is not installed (Debian: libxml2-utils)");
  }

  /** Returns the canonical forms of several files, one after the other. */
  static String xmllint(List<Path> files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--nonet", "--c14n"));
    files.forEach(f -> arguments.add(f.toString()));
    Outcome outcome = run(arguments);
    assertThat(outcome.status()).as("xmllint: %s", outcome.errors()).isZero();
    assertThat(outcome.output()).as("xmllint: %s", outcome.errors()).isNotEmpty();
    return outcome.output();
  }

  /**
   * Sets right in a document what our reader set right, so that a judge takes it: the bytes become
   * UTF-8, and the declaration, with the blanks before it, goes. The judge still reads the rest
   * itself.
   */
  static byte[] repaired(byte[] document, XmlDocument read) {
    String text = new String(document, Charset.forName(read.encoding()));
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return DECLARATION.matcher(text).replaceFirst("").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Puts {@code urn:} before the relative namespaces of a document; canonical XML has no form for
   * those.
   */
  static byte[] absolute(byte[] document) {
    return RELATIVE
        .matcher(new String(document, StandardCharsets.UTF_8))
        .replaceAll("$1urn:$2")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Outcome run(List<String> arguments) throws IOException {
    Path errors = Files.createTempFile("xmllint", ".txt");
    try {
      List<String> command = new ArrayList<>(List.of("xmllint"));
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output, Files.readString(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(errors);
    }
  }

  private record Outcome(int status, String output, String errors) {}
}
