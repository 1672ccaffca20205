package io.intermodal.ovf;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Is what a reader of one kind says to a file: refused when it cannot be read or has an error.
 *
 * @param refusal the code of the exception; empty when the file was read
 * @param findings as grave as that reader takes them
 */
record Verdict(String refusal, List<Finding> findings) {

  /** Judges a descriptor by itself: the files of documents for tests are seldom beside them. */
  static Verdict ofDescriptor(Path file, Strictness strictness) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      Envelope envelope = Envelope.read(String.valueOf(file.getFileName()), bytes);
      envelope.machines(null);
      return new Verdict("", envelope.findings(strictness));
    } catch (IntermodalException e) {
      return new Verdict(e.code().toString(), List.of());
    }
  }

  /** Judges a package with all of its files. */
  static Verdict ofPackage(Path file, Strictness strictness) {
    try {
      OvfPackage pack = OvfPackage.open(file);
      List<Finding> all = new ArrayList<>(pack.findings());
      all.addAll(pack.verify(Progress.Listener.none(), Cancellation.none()).findings());
      return new Verdict("", all.stream().map(f -> f.judged(strictness)).toList());
    } catch (IntermodalException e) {
      return new Verdict(e.code().toString(), List.of());
    }
  }

  static Verdict of(Path file, Strictness strictness) throws IOException {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".ova")
        ? ofPackage(file, strictness)
        : ofDescriptor(file, strictness);
  }

  boolean accepted() {
    return refusal.isEmpty() && errors().isEmpty();
  }

  /** Returns the codes of the errors, and of the exception. */
  TreeSet<String> errors() {
    TreeSet<String> codes = codes(Severity.ERROR);
    if (!refusal.isEmpty()) {
      codes.add(refusal);
    }
    return codes;
  }

  TreeSet<String> codes(Severity severity) {
    TreeSet<String> codes = new TreeSet<>();
    findings.stream().filter(f -> f.severity() == severity).forEach(f -> codes.add(f.code().name()));
    return codes;
  }
}
