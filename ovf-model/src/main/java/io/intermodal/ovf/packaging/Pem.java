package io.intermodal.ovf.packaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Splits a text into its PEM blocks (RFC 7468) and the lines outside of them.
 *
 * @param blocks in order
 * @param outside the lines that belong to no block, in order
 */
record Pem(List<Block> blocks, List<String> outside) {

  private static final String DASHES = "-----";
  private static final String BEGIN = DASHES + "BEGIN ";
  private static final String END = DASHES + "END ";

  /**
   * Is one block.
   *
   * @param label what stands after BEGIN
   * @param body the text between the marks, without blanks and line ends
   * @param closed whether its end mark was there
   */
  record Block(String label, String body, boolean closed) {

    /** Decodes the block; empty when it is cut off or no base 64. */
    Optional<byte[]> der() {
      try {
        return closed && !body.isEmpty()
            ? Optional.of(Base64.getDecoder().decode(body))
            : Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    boolean isCertificate() {
      return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE") || isTrusted();
    }

    /** Tells OpenSSL's own form, which has data of its own after the certificate. */
    boolean isTrusted() {
      return label.equals("TRUSTED CERTIFICATE");
    }

    boolean isBundle() {
      return label.equals("PKCS7") || label.equals("CMS");
    }
  }

  /** Copies the lists. */
  Pem {
    blocks = List.copyOf(blocks);
    outside = List.copyOf(outside);
  }

  static Pem read(byte[] bytes) {
    List<Block> blocks = new ArrayList<>();
    List<String> outside = new ArrayList<>();
    String label = null;
    StringBuilder body = new StringBuilder();
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "");
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      String line = raw.strip();
      boolean begins =
          line.startsWith(BEGIN)
              && line.endsWith(DASHES)
              && line.length() >= BEGIN.length() + DASHES.length();
      if (begins) {
        if (label != null) {
          blocks.add(new Block(label, body.toString(), false));
        }
        label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        body.setLength(0);
      } else if (label == null) {
        outside.add(line);
      } else if (line.startsWith(DASHES)) {
        blocks.add(new Block(label, body.toString(), line.equals(END + label + DASHES)));
        label = null;
        body.setLength(0);
      } else {
        line.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(body::appendCodePoint);
      }
    }
    if (label != null) {
      blocks.add(new Block(label, body.toString(), false));
    }
    return new Pem(blocks, outside);
  }
}
