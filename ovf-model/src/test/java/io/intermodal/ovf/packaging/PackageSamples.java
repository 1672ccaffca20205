package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.Consumer;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes small packages, a clean one and one for each finding that is about a package. */
public final class PackageSamples {

  private static final String DESCRIPTOR =
      "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
          + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'><References>"
          + "<File ovf:id='f' ovf:href='note.txt' ovf:size='5'/></References>"
          + "<VirtualSystem ovf:id='vm'><Info/><VirtualHardwareSection><Info/>"
          + "</VirtualHardwareSection></VirtualSystem><Strings ovf:fileRef='f'/></Envelope>";

  private final Path folder;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private String manifest = "";

  private PackageSamples(Path folder) {
    this.folder = folder;
    files.put("a.ovf", DESCRIPTOR.getBytes(UTF_8));
    files.put("note.txt", "hello".getBytes(UTF_8));
  }

  /** Returns what is found in the clean package. */
  public static List<Finding> clean(Path folder) {
    PackageSamples samples = new PackageSamples(folder);
    samples.list("SHA-256", "a.ovf", "note.txt");
    return samples.findings("a.ova");
  }

  /** Returns what is found in each sample, by the finding it is for. */
  public static Map<FindingCode, List<Finding>> all(Path folder) {
    Map<FindingCode, List<Finding>> all = new LinkedHashMap<>();
    add(all, FindingCode.FILE_MISSING, folder, s -> s.files.remove("note.txt"));
    add(all, FindingCode.SIZE_DIFFERS, folder, s -> s.files.put("note.txt", new byte[6]));
    add(all, FindingCode.MEMBER_UNREFERENCED, folder, s -> s.files.put("b.txt", new byte[1]));
    add(all, FindingCode.DESCRIPTOR_SECOND, folder, s -> s.files.put("b.ovf", new byte[1]));
    add(
        all,
        FindingCode.DESCRIPTOR_NOT_FIRST,
        folder,
        s -> s.files.put("a.ovf", s.files.remove("a.ovf")));
    add(all, FindingCode.MANIFEST_LINE, folder, s -> s.manifest = "nonsense\n");
    add(all, FindingCode.MANIFEST_DIGEST, folder, s -> s.manifest = "SHA256(a.ovf)= 12\n");
    add(
        all,
        FindingCode.MANIFEST_MIXED,
        folder,
        s -> {
          s.list("SHA-1", "a.ovf");
          s.list("SHA-256", "note.txt");
        });
    add(all, FindingCode.MANIFEST_WEAK, folder, s -> s.list("SHA-1", "a.ovf", "note.txt"));
    add(all, FindingCode.MANIFEST_DESCRIPTOR, folder, s -> s.list("SHA-256", "note.txt"));
    add(all, FindingCode.MANIFEST_INCOMPLETE, folder, s -> s.list("SHA-256", "a.ovf"));
    add(
        all,
        FindingCode.MANIFEST_UNLISTED,
        folder,
        s -> {
          s.list("SHA-256", "a.ovf", "note.txt");
          s.files.put("b.txt", new byte[1]);
        });
    add(
        all,
        FindingCode.MEMBER_LOOKALIKE,
        folder,
        s -> {
          s.list("SHA-256", "a.ovf", "note.txt");
          s.files.put("NOTE.txt", new byte[1]);
        });
    add(
        all,
        FindingCode.MANIFEST_ABSENT_FILE,
        folder,
        s -> {
          s.list("SHA-256", "a.ovf", "note.txt");
          s.manifest += "SHA256(gone)= " + "0".repeat(64) + "\n";
        });
    add(
        all,
        FindingCode.DIGEST_MISMATCH,
        folder,
        s -> {
          s.list("SHA-256", "a.ovf", "note.txt");
          s.files.put("note.txt", "hallo".getBytes(UTF_8));
        });
    add(
        all,
        FindingCode.CERTIFICATE_WITHOUT_MANIFEST,
        folder,
        s -> s.files.put("a.cert", new byte[1]));
    add(all, FindingCode.TARGET_DIGEST, folder, s -> s.list("SHA-256", "a.ovf", "note.txt"));
    all.put(FindingCode.MANIFEST_MISSING, new PackageSamples(folder).findings("none.ova"));
    all.put(FindingCode.EXTENSION, new PackageSamples(folder).findings("archive.ovf"));
    all.put(FindingCode.ARCHIVE_END_MISSING, new PackageSamples(folder).findings("cut.ova"));
    return all;
  }

  private static void add(
      Map<FindingCode, List<Finding>> all,
      FindingCode code,
      Path folder,
      java.util.function.Consumer<PackageSamples> change) {
    PackageSamples samples = new PackageSamples(folder);
    change.accept(samples);
    all.put(code, samples.findings(code + ".ova"));
  }

  private void list(String algorithm, String... names) {
    for (String name : names) {
      try {
        byte[] digest =
            MessageDigest.getInstance(algorithm).digest(files.getOrDefault(name, new byte[0]));
        manifest +=
            algorithm.replace("-", "")
                + "("
                + name
                + ")= "
                + HexFormat.of().formatHex(digest)
                + "\n";
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private List<Finding> findings(String name) {
    Path file = folder.resolve(name);
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      for (Map.Entry<String, byte[]> member : files.entrySet()) {
        member(out, member.getKey(), member.getValue());
      }
      if (!manifest.isEmpty()) {
        member(out, "a.mf", manifest.getBytes(UTF_8));
      }
      if (!name.equals("cut.ova")) {
        out.write(new byte[1024]);
      }
      Files.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OvfPackage pack = OvfPackage.open(file);
    List<Finding> all = new ArrayList<>(pack.findings());
    all.addAll(pack.verify(Progress.Listener.none(), Cancellation.none()).findings());
    if (name.startsWith("TARGET")) {
      all.addAll(pack.findingsFor(Consumer.VMWARE));
    }
    return all;
  }

  private static void member(ByteArrayOutputStream out, String name, byte[] content)
      throws IOException {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, String.format("%011o", content.length));
    put(header, 136, "00000000000");
    header[156] = '0';
    put(header, 257, "ustar");
    put(header, 263, "00");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b;
    }
    put(header, 148, String.format("%06o", sum));
    header[154] = 0;
    out.write(header);
    out.write(content);
    out.write(new byte[(512 - content.length % 512) % 512]);
  }

  private static void put(byte[] header, int at, String text) {
    System.arraycopy(text.getBytes(UTF_8), 0, header, at, text.length());
  }
}
