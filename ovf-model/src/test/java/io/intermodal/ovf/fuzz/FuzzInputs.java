package io.intermodal.ovf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.packaging.OvaWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the documents to be broken: our samples, some hostile ones, and real ones where given. */
final class FuzzInputs {

  /** What a reader that fetches would fetch; the server behind the address counts. */
  private static final String REACHING_OUT =
      """
      <?xml version="1.0"?>
      <?xml-stylesheet href="%1$s/style.xsl" type="text/xsl"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:xi="http://www.w3.org/2001/XInclude"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:here="%1$s/namespace"
          xsi:schemaLocation="http://schemas.dmtf.org/ovf/envelope/1 %1$s/a.xsd"
          xsi:noNamespaceSchemaLocation="%1$s/b.xsd">
        <References>
          <File ovf:id="f1" ovf:href="%1$s/disk.vmdk" ovf:size="10"/>
          <File ovf:id="f2" ovf:href="file:///etc/hostname" ovf:size="10"/>
          <File ovf:id="f3" ovf:href="jar:%1$s/a.jar!/b" ovf:chunkSize="5"/>
          <File ovf:id="f4" ovf:href="../outside" ovf:compression="gzip"/>
        </References>
        <xi:include href="%1$s/include.xml" parse="text"/>
        <DiskSection><Info/><Disk ovf:diskId="d1" ovf:fileRef="f1" ovf:capacity="${size}"/>
        </DiskSection>
        <VirtualSystem ovf:id="vm"><Info/>
          <ProductSection><Info/><ProductUrl>%1$s/product</ProductUrl>
            <Icon ovf:fileRef="%1$s/icon"/>
            <Property ovf:key="size" ovf:type="string" ovf:value="%1$s/${size}"/>
          </ProductSection>
        </VirtualSystem>
        <Strings xml:lang="de" ovf:fileRef="%1$s/strings.xml"/>
      </Envelope>
      """;

  private static final String DOCTYPE =
      """
      <!DOCTYPE Envelope SYSTEM "%1$s/a.dtd" [<!ENTITY e SYSTEM "%1$s/entity"><!ENTITY f SYSTEM "file:///etc/hostname">
      <!ENTITY %% p SYSTEM "%1$s/parameter"> %%p;]>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References/>&e;&f;</Envelope>
      """;

  private FuzzInputs() {}

  /**
   * Returns all inputs in a fixed order.
   *
   * @param corpus the folder with real documents; empty without
   * @param address the address of a server that counts, put into hostile samples
   */
  static List<FuzzInput> all(String corpus, String address) throws IOException {
    List<FuzzInput> inputs = new ArrayList<>();
    inputs.add(
        text("reaching-out.ovf", FuzzInput.Kind.DESCRIPTOR, REACHING_OUT.formatted(address)));
    inputs.add(text("doctype.ovf", FuzzInput.Kind.DESCRIPTOR, DOCTYPE.formatted(address)));
    inputs.add(text("doctype.xml", FuzzInput.Kind.ENVIRONMENT, DOCTYPE.formatted(address)));
    inputs.add(
        text(
            "sample.mf",
            FuzzInput.Kind.MANIFEST,
            "SHA256(a.ovf)= " + "0a".repeat(32) + "\r\nSHA1 (b (1).vmdk) = " + "B1".repeat(20)));
    inputs.addAll(folder(samples()));
    inputs.add(archive(REACHING_OUT.formatted(address)));
    if (!corpus.isEmpty()) {
      inputs.addAll(folder(Path.of(corpus, "ovf")));
    }
    return inputs;
  }

  private static Path samples() {
    URL sample = Objects.requireNonNull(Envelope.class.getResource("options.ovf"));
    try {
      return Objects.requireNonNull(Path.of(sample.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<FuzzInput> folder(Path folder) throws IOException {
    List<FuzzInput> inputs = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString();
      FuzzInput.Kind kind = kind(name.toLowerCase(Locale.ROOT));
      if (kind != null) {
        inputs.add(new FuzzInput(name, kind, new String(Files.readAllBytes(file), ISO_8859_1)));
      }
    }
    return inputs;
  }

  private static FuzzInput.Kind kind(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return switch (extension) {
      case "ovf" -> FuzzInput.Kind.DESCRIPTOR;
      case "xml" -> FuzzInput.Kind.ENVIRONMENT;
      case "mf" -> FuzzInput.Kind.MANIFEST;
      case "ova" -> FuzzInput.Kind.ARCHIVE;
      default -> null;
    };
  }

  private static FuzzInput archive(String descriptor) throws IOException {
    Path folder = Files.createTempDirectory("fuzz");
    Path file = folder.resolve("a.ova");
    try (OvaWriter writer = OvaWriter.create(file, "a.ovf", descriptor.getBytes(UTF_8))) {
      writer.addFile("disk1.vmdk", channel -> channel.write(UTF_8.encode("disk")));
      writer.finish();
    }
    try {
      return new FuzzInput(
          "sample.ova", FuzzInput.Kind.ARCHIVE, new String(Files.readAllBytes(file), ISO_8859_1));
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private static FuzzInput text(String name, FuzzInput.Kind kind, String text) {
    return new FuzzInput(name, kind, new String(text.getBytes(UTF_8), ISO_8859_1));
  }
}
