package io.intermodal.ovf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.DeploymentOption;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Strictness;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Calls all that reads; what may end in an {@link IntermodalException} may end in nothing else. */
final class ReadingSurface {

  private static final int MOST_UNPACKED = 1 << 20;

  private final Path folder;
  private int taken;
  private long told;

  /** Takes a folder for the files of packages. */
  ReadingSurface(Path folder) {
    this.folder = folder;
  }

  /** Returns how many envelopes, environments and packages were taken, broken as they were. */
  int taken() {
    return taken;
  }

  /** Returns how many characters findings and machines had when they were put into words. */
  long told() {
    return told;
  }

  /** Reads an input in every way there is for its kind. */
  void read(FuzzInput input) throws IOException {
    byte[] bytes = input.text().getBytes(ISO_8859_1);
    switch (input.kind()) {
      case DESCRIPTOR -> {
        descriptor(bytes);
        opened("a.ovf", bytes);
      }
      case ENVIRONMENT -> refusable(() -> again(XmlReader.standard().read("env", bytes)));
      case MANIFEST -> {
        refusable(() -> Manifest.parse("a.mf", Manifest.parse("a.mf", bytes).toBytes()));
        Files.write(folder.resolve("b.mf"), bytes);
        opened("b.ovf", "<Envelope><References/></Envelope>".getBytes(ISO_8859_1));
      }
      case ARCHIVE -> opened("a.ova", bytes);
    }
  }

  private void descriptor(byte[] bytes) {
    refusable(
        () -> {
          Envelope envelope = Envelope.read("a.ovf", bytes);
          all(envelope);
          again(envelope.document());
        });
  }

  private void all(Envelope envelope) {
    for (Strictness strictness : Strictness.values()) {
      told += envelope.findings(strictness).toString().length();
    }
    envelope.version();
    envelope.language();
    envelope.networks();
    envelope.sectionNames();
    envelope.eulas();
    envelope.propertyCount();
    for (Disk disk : envelope.disks()) {
      envelope.fileOf(disk);
    }
    refusable(() -> machines(envelope.machines(null)));
    refusable(() -> envelope.machines("no such option"));
    // A hostile descriptor may have thousands of options; each costs a whole view.
    for (DeploymentOption option : envelope.deploymentOptions().stream().limit(40).toList()) {
      refusable(() -> machines(envelope.machines(option.id())));
    }
  }

  private void machines(List<Machine> machines) {
    told += machines.toString().length();
  }

  /** What could be read can be written, and reads back as it was. */
  private void again(XmlDocument document) {
    byte[] written = XmlWriter.exact().toBytes(document);
    XmlDocument back = XmlReader.standard().read("again", written);
    if (!back.root().equals(document.root())
        || !back.prolog().equals(document.prolog())
        || !back.epilog().equals(document.epilog())) {
      throw new IllegalStateException("what was written reads back as something else");
    }
    taken++;
  }

  private void opened(String name, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    refusable(
        () -> {
          OvfPackage pack = OvfPackage.open(file);
          taken++;
          pack.verify(Progress.Listener.none(), Cancellation.none()).files();
          pack.envelope().disks().forEach(pack::fileOf);
          // Opening looks the file up again, so thousands of them are tried in part.
          for (PackageFile stored : pack.files().stream().limit(40).toList()) {
            String href = stored.reference().href();
            if (href != null) {
              refusable(() -> unpack(pack, href));
            }
          }
        });
  }

  private static void unpack(OvfPackage pack, String href) {
    try (InputStream in = pack.openFile(href, true)) {
      in.readNBytes(MOST_UNPACKED);
    } catch (IOException e) {
      // A stream may fail as every stream may.
    }
  }

  /** Runs a step that may refuse what it is given, for want of anything but memory. */
  private static void refusable(Runnable step) {
    try {
      step.run();
    } catch (IntermodalException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.code().name().isEmpty() || String.valueOf(e.getMessage()).isBlank()) {
        throw new IllegalStateException("an error without a word", e);
      }
    }
  }
}
