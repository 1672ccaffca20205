package io.intermodal.descriptor;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spoils a domain: bytes, and words and numbers where a reader looks for others. */
final class LibvirtMutation {

  private static final Pattern WORD = Pattern.compile("['\">]([A-Za-z0-9:./_-]+)['\"<]");
  private static final String[] VALUES = {
    "",
    "0",
    "-1",
    "99999999999999999999",
    "2147483648",
    "vdzzzz",
    "fda",
    "sata",
    "xen",
    "hvm",
    "disk",
    "lun",
    "floppy",
    "network",
    "/",
    "hd",
    "yes",
    "urn:intermodal:machine:1",
    "\u00e9"
  };

  private LibvirtMutation() {}

  static byte[] of(byte[] good, Random random) {
    if (random.nextInt(3) == 0) {
      byte[] bad = good.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      return bad;
    }
    StringBuilder text = new StringBuilder(new String(good, StandardCharsets.UTF_8));
    for (int i = random.nextInt(4); i >= 0; i--) {
      Matcher matcher = WORD.matcher(text);
      if (matcher.find(random.nextInt(text.length()))) {
        text.replace(matcher.start(1), matcher.end(1), VALUES[random.nextInt(VALUES.length)]);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
