package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes small packages for tests, whole and odd ones. */
final class SamplePackage {

  static final String OVF = "vm.ovf";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  static SamplePackage of(String name, byte[] content) {
    return new SamplePackage().with(name, content);
  }

  static SamplePackage twoDisks() {
    return of("disk1.vmdk", random(1, 1500)).with("iso/empty.iso", new byte[0]);
  }

  SamplePackage with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  Map<String, byte[]> files() {
    return files;
  }

  static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String file(String name, String attributes) {
    return "<File ovf:id='" + name + "' ovf:href='" + name + "' " + attributes + "/>";
  }

  static byte[] descriptor(String references) {
    return ("<?xml version='1.0'?>\n<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
            + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'><References>"
            + references
            + "</References><VirtualSystem ovf:id='vm'><Info>A machine</Info>"
            + "<VirtualHardwareSection><Info>Its parts</Info></VirtualHardwareSection>"
            + "</VirtualSystem>"
            + "</Envelope>\n")
        .getBytes(UTF_8);
  }

  byte[] descriptor() {
    StringBuilder references = new StringBuilder();
    files.forEach((n, c) -> references.append(file(n, "ovf:size='" + c.length + "'")));
    return descriptor(references.toString());
  }

  /** Writes the package as an archive. */
  Path writeOva(Path target, PackageOptions options) {
    try (OvaWriter writer = OvaWriter.create(target, OVF, descriptor(), options)) {
      files.forEach((name, content) -> writer.addFile(name, bytes(content)));
      writer.finish();
    }
    return target;
  }

  byte[] ova() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OvaWriter writer = OvaWriter.to(out, OVF, descriptor(), PackageOptions.standard())) {
      files.forEach((name, content) -> writer.addFile(name, content.length, bytes(content)));
      writer.finish();
    }
    return out.toByteArray();
  }

  /** Writes the package as a descriptor with files beside it; returns the descriptor. */
  Path writeFolder(Path folder) {
    try (FolderWriter writer = FolderWriter.create(folder, OVF, PackageOptions.standard())) {
      files.forEach((name, content) -> writer.addFile(name, bytes(content)));
      writer.finish(descriptor());
    }
    return folder.resolve(OVF);
  }

  static FileContent bytes(byte[] content) {
    return to -> {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
    };
  }

  /** Puts blocks of an archive together by hand. */
  static byte[] tar(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] member(String name, byte[] content) {
    return tar(TarHeader.of(name, content.length), content, padding(content));
  }

  static byte[] padding(byte[] content) {
    return new byte[TarHeader.padding(content.length)];
  }

  static byte[] end() {
    return new byte[2 * TarHeader.BLOCK];
  }

  /** Makes a header of another type out of that of a file. */
  static byte[] typed(char type, String name, long size) {
    byte[] header = TarHeader.of(name, size);
    header[156] = (byte) type;
    int sum = 0;
    for (int i = 0; i < TarHeader.BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    byte[] digits = String.format("%06o\0 ", sum).getBytes(UTF_8);
    System.arraycopy(digits, 0, header, 148, 8);
    return header;
  }

  static byte[] pax(String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      int bare = record.getBytes(UTF_8).length + 2;
      int length = bare + String.valueOf(bare).length();
      length = bare + String.valueOf(length).length();
      text.append(length).append(' ').append(record).append('\n');
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    return tar(typed('x', "PaxHeaders/x", bytes.length), bytes, padding(bytes));
  }

  static List<Finding> warnings(List<Finding> findings) {
    return findings.stream().filter(f -> f.severity() != Severity.INFO).toList();
  }

  static Verification verify(Path file) {
    return OvfPackage.open(file)
        .verify(
            TrustPolicy.none().at(SignatureSamples.NOW),
            Progress.Listener.none(),
            Cancellation.none());
  }

  /** Makes the results of checks comparable that were made one after the other. */
  static String withoutTime(Object result) {
    return result.toString().replaceAll("checkedAt=[^,]*, ", "");
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
