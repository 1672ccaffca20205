package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.XVA;
import static io.intermodal.disk.XvaBuilder.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's tools look at our exports, and we read theirs. Needs tar, xxhsum and node. */
class XvaOracleTest {

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("seven", 7L * MIB + 512)
          .with(0, Sample.text(1))
          .with(50, Sample.noise(2))
          .with(112, Sample.text(3));

  @Test
  void tarListsAndUnpacksWhatWeWriteAndXxhsumAgrees() throws IOException {
    Tool tar = Tool.require("tar", "--version");
    Tool xxhsum = Tool.require("xxhsum", "--version");
    Path xva = folder.resolve("ours.xva");
    DiskCopy.from(DiskSource.file(sample.raw(folder)).as(RAW)).to(DiskTarget.file(xva), XVA).run();
    assertThat(tar.ok("-tf", xva.toString()).strip().split("\n"))
        .containsExactly(
            "ova.xml",
            "Ref:3/00000000",
            "Ref:3/00000000.xxhash",
            "Ref:3/00000003",
            "Ref:3/00000003.xxhash",
            "Ref:3/00000007",
            "Ref:3/00000007.xxhash");
    tar.ok("-xf", xva.toString(), "--force-local", "-C", folder.toString());
    for (String chunk : new String[] {"00000000", "00000003", "00000007"}) {
      Path file = folder.resolve("Ref:3").resolve(chunk);
      String sum = Files.readString(file.resolveSibling(chunk + ".xxhash"));
      assertThat(xxhsum.ok("-H64", file.toString()).toUpperCase(Locale.ROOT)).contains(sum + " ");
    }
    assertThat(Tool.require("xmllint", "--version").ok(folder.resolve("ova.xml").toString()))
        .contains("OpaqueRef:NULL");
  }

  @Test
  void weReadWhatXenOrchestraWrites() throws IOException {
    Node.require("@xen-orchestra/xva");
    Path raw = sample.raw(folder);
    Path xva = folder.resolve("theirs.xva");
    Node.run("write-xva.mjs", raw.toString(), xva.toString());
    XvaArchive archive = XvaArchive.open(DiskSource.file(xva));
    assertThat(archive.disks()).hasSize(2);
    for (XvaDisk disk : archive.disks()) {
      assertThat(disk.virtualSizeBytes()).isEqualTo(8L * MIB);
      Path out = folder.resolve("out.raw");
      DiskCopy.from(archive.disk(disk.reference())).to(DiskTarget.replacing(out), RAW).run();
      assertThat(Files.readAllBytes(out)).isEqualTo(Arrays.copyOf(sample.bytes(), 8 * MIB));
    }
    assertThat(archive.disks()).extracting(XvaDisk::nameLabel).containsExactly("one", "two");
  }
}
