package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what is written when a package is written anew, before the first byte is. */
final class RewritePlan {

  private final OvfPackage pack;
  private final Envelope envelope;
  private final Map<String, StoredFile> available = new LinkedHashMap<>();
  private final Map<String, StoredFile> chosen = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final String descriptorName;
  private byte[] descriptor;
  private boolean sameFiles = true;

  /**
   * Makes the plan.
   *
   * @param put files that are added, or take the place of others, by their names
   * @param removed names or hrefs
   */
  RewritePlan(
      OvfPackage pack,
      String descriptorName,
      byte[] descriptor,
      Map<String, StoredFile> put,
      Set<String> removed) {
    this.pack = pack;
    this.descriptorName = descriptorName;
    this.descriptor = descriptor;
    envelope = Envelope.read(descriptorName, descriptor);
    gather(put, removed);
    choose(put);
  }

  /** Collects what there is to choose from. */
  private void gather(Map<String, StoredFile> put, Set<String> removed) {
    PackageSource source = pack.source();
    Stream.of(pack.files().stream(), PackageFiles.locate(envelope, source).stream())
        .flatMap(s -> s)
        .flatMap(f -> f.parts().stream())
        .forEach(p -> available.put(p.name(), p));
    source.members().forEach(m -> available.put(m.name(), m));
    available.values().removeIf(f -> f.equals(pack.descriptor()) || pack.isProof(f));
    Set<String> gone = new LinkedHashSet<>(removed);
    gone.addAll(put.keySet());
    for (String name : gone) {
      boolean found = available.remove(name) != null;
      for (PackageFile file : pack.files()) {
        String href = file.reference().href();
        if (href != null && DescriptorForms.names(href, name)) {
          found |= !file.parts().isEmpty();
          file.parts().forEach(p -> available.remove(p.name()));
        }
      }
      if (!found && !put.containsKey(name)) {
        throw new IntermodalException(
            OvfError.FILE_MISSING,
            "cannot remove " + name + " from " + pack.path() + ": it is not in the package",
            name,
            null);
      }
      sameFiles = false;
    }
    available.putAll(put);
  }

  /**
   * Takes what belongs: the files referred to in their order, then other members of an archive. A
   * file that the old descriptor referred to and the new one does not is left behind.
   */
  private void choose(Map<String, StoredFile> put) {
    for (PackageFile file : PackageFiles.locate(envelope, PackageSource.of(available.values()))) {
      file.parts().forEach(p -> chosen.put(p.name(), p));
    }
    Set<String> before = new HashSet<>();
    pack.files().forEach(f -> f.parts().forEach(p -> before.add(p.name())));
    Stream<String> others =
        pack.source().archive() ? available.keySet().stream() : put.keySet().stream();
    others
        .filter(n -> put.containsKey(n) || !before.contains(n))
        .forEach(n -> chosen.putIfAbsent(n, available.get(n)));
    chosen.remove(descriptorName);
    Set<String> proofs =
        Set.of(
            PackageSource.sibling(descriptorName, ".mf"),
            PackageSource.sibling(descriptorName, ".cert"));
    for (String name : chosen.keySet()) {
      String objection =
          proofs.contains(name)
              ? name + " has the name of a manifest or certificate of " + descriptorName
              : MemberNames.objection(name);
      if (objection != null) {
        throw new IntermodalException(
            OvfError.NAME_UNSAFE,
            "cannot write a file of " + pack.path() + ": " + objection,
            pack.path().toString(),
            null);
      }
    }
  }

  /** Refuses a package with files that are not there, or reports them. */
  void requireComplete(boolean allowMissing) {
    List<String> missing =
        located().stream().filter(RewritePlan::absent).map(PackageFiles::missingName).toList();
    if (missing.isEmpty()) {
      return;
    }
    if (!allowMissing) {
      throw new IntermodalException(
          OvfError.FILE_MISSING,
          "cannot write "
              + pack.path()
              + " anew: "
              + (missing.size() == 1 ? "a file of it is" : missing.size() + " files of it are")
              + " not there: "
              + String.join(", ", missing.subList(0, Math.min(5, missing.size())))
              + "; get the whole package again",
          missing.get(0),
          null);
    }
    missing.stream()
        .limit(Finding.MOST)
        .forEach(
            name ->
                findings.add(
                    Finding.of(FindingCode.FILE_MISSING, name, name + " is not in the package")));
  }

  /**
   * Refuses a second descriptor among the files, or reports it: readers differ in which one counts,
   * and what validates packages takes none with two.
   */
  void requireOneDescriptor(boolean allowed) {
    Set<String> referenced = new HashSet<>();
    located().forEach(f -> f.parts().forEach(p -> referenced.add(p.name())));
    for (String name : chosen.keySet()) {
      if (!PackageSource.hasExtension(name, ".ovf") || referenced.contains(name)) {
        continue;
      }
      if (!allowed) {
        throw new IntermodalException(
            OvfError.DESCRIPTOR_SECOND,
            "cannot write "
                + pack.path()
                + " anew: beside "
                + pack.descriptor().name()
                + " it holds a second descriptor, "
                + name
                + ", and readers differ in which one counts; leave it out, or do it without"
                + " verification",
            name,
            null);
      }
      if (findings.size() < Finding.MOST) {
        findings.add(
            Finding.of(
                FindingCode.DESCRIPTOR_SECOND,
                name,
                "a second descriptor; " + descriptorName + " counts"));
      }
    }
  }

  private static boolean absent(PackageFile file) {
    String href = file.reference().href();
    return href != null && !Hrefs.remote(href) && !file.complete();
  }

  /** Reports sizes that are not as stated, and corrects them where that is asked for. */
  void compareSizes(boolean fix) {
    Map<FileReference, Long> wrong = new LinkedHashMap<>();
    for (PackageFile file : located()) {
      Long stated = file.reference().sizeBytes();
      if (file.complete() && stated != null && stated != file.storedBytes().orElse(-1)) {
        wrong.put(file.reference(), file.storedBytes().orElse(0));
      }
    }
    wrong.forEach(
        (reference, real) ->
            findings.add(
                Finding.of(
                    FindingCode.SIZE_DIFFERS,
                    reference.href(),
                    reference.href()
                        + " has "
                        + real
                        + " bytes; the descriptor "
                        + (fix ? "said " : "says ")
                        + reference.sizeBytes())));
    if (fix && !wrong.isEmpty()) {
      descriptor = DescriptorSizes.correct(envelope, wrong);
    }
  }

  private List<PackageFile> located() {
    return PackageFiles.locate(envelope, PackageSource.of(chosen.values()));
  }

  /** Tells whether the manifest that there is fits what is to be written. */
  boolean unchanged(byte[] storedDescriptor) {
    return sameFiles
        && descriptorName.equals(pack.descriptor().name())
        && Arrays.equals(descriptor, storedDescriptor);
  }

  String descriptorName() {
    return descriptorName;
  }

  byte[] descriptor() {
    return descriptor;
  }

  /** Returns the files besides the descriptor, in the order to write them in. */
  List<StoredFile> files() {
    return List.copyOf(chosen.values());
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
