package io.intermodal.ovf.environment;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.iso.IsoFile;
import io.intermodal.iso.IsoImage;
import io.intermodal.iso.IsoWriter;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.PropertyEntry;
import io.intermodal.ovf.PropertySheet;
import io.intermodal.ovf.internal.SecretNames;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds an environment document: what a guest is told about itself, its platform and the machines
 * beside it (DSP0243 "OVF environment", DSP8027). What no record names, as the sections of VMware
 * and Azure, is kept. Secrets leave it only where a method says so. Immutable and thread-safe.
 */
public final class OvfEnvironment {

  /** The name of the document on the CD. */
  public static final String FILE_NAME = "ovf-env.xml";

  /** The label of the CD. */
  public static final String VOLUME_LABEL = "OVF ENV";

  private static final int MOST_BYTES = 64 << 20;
  private static final int ISO_MAGIC_AT = 32769;

  private final XmlDocument document;
  private final Set<String> secretKeys;
  private final String id;
  private final @Nullable Platform platform;
  private final List<Property> properties;
  private final List<Entity> entities;

  /**
   * Is a property with its value.
   *
   * @param key the full key
   * @param secret whether it is known or by its name taken for a secret
   */
  public record Property(String key, String value, boolean secret) {

    /** Validates the parts. */
    public Property {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }

    /** Names the property; the value only when it is no secret. */
    @Override
    public String toString() {
      return key + "=" + (secret ? "***" : value);
    }
  }

  /** Is a machine or collection beside the one the document is for. */
  public record Entity(String id, List<Property> properties) {

    /** Copies the list. */
    public Entity {
      Objects.requireNonNull(id, "id");
      properties = List.copyOf(properties);
    }
  }

  /**
   * Describes what the machine runs on; what is not stated is null.
   *
   * @param kind the product
   * @param locale as {@code de_DE}
   * @param timezoneMinutes the offset from UTC, east is positive
   */
  public record Platform(
      @Nullable String kind,
      @Nullable String version,
      @Nullable String vendor,
      @Nullable String locale,
      @Nullable Integer timezoneMinutes) {}

  private OvfEnvironment(XmlDocument document, Set<String> secretKeys) {
    this.document = document;
    this.secretKeys = Set.copyOf(secretKeys);
    XmlElement root = document.root();
    String stated = EnvironmentXml.attribute(root, "id");
    id = stated == null ? "" : stated;
    platform =
        EnvironmentXml.children(root, "PlatformSection")
            .findFirst()
            .map(EnvironmentXml::platform)
            .orElse(null);
    properties = properties(root);
    entities =
        EnvironmentXml.children(root, "Entity")
            .map(
                e -> {
                  String entity = EnvironmentXml.attribute(e, "id");
                  return new Entity(entity == null ? "" : entity, properties(e));
                })
            .toList();
  }

  private List<Property> properties(XmlElement of) {
    List<Property> list = new ArrayList<>();
    EnvironmentXml.children(of, "PropertySection")
        .flatMap(section -> EnvironmentXml.children(section, "Property"))
        .forEach(
            e -> {
              String key = EnvironmentXml.attribute(e, "key");
              String value = EnvironmentXml.attribute(e, "value");
              if (key != null) {
                list.add(
                    new Property(
                        key,
                        value == null ? "" : value,
                        secretKeys.contains(key) || SecretNames.matches(key)));
              }
            });
    return List.copyOf(list);
  }

  /**
   * Reads a document.
   *
   * @param source the name of the document, for messages
   * @throws IntermodalException {@code XML_MALFORMED}, {@code XML_FORBIDDEN}, {@code XML_LIMIT} or
   *     {@link OvfError#NOT_AN_ENVIRONMENT}
   */
  public static OvfEnvironment read(String source, byte[] bytes) {
    XmlDocument document = XmlReader.standard().read(source, bytes);
    XmlElement root = document.root();
    if (!EnvironmentXml.is(root, "Environment")) {
      throw new IntermodalException(
          OvfError.NOT_AN_ENVIRONMENT,
          "cannot read "
              + source
              + ": it is XML but no OVF environment; its root is "
              + Texts.shorten(root.localName()),
          source,
          null);
    }
    return new OvfEnvironment(document, Set.of());
  }

  /**
   * Reads a file: a document, or a CD image that has one in its root directory.
   *
   * @throws IntermodalException as {@link #read(String, byte[])} and {@link IsoImage#readFile};
   *     {@code FILE_NOT_FOUND} or {@code READ_FAILED}
   */
  public static OvfEnvironment open(Path file) {
    if (isImage(file)) {
      return read(file + "!/" + FILE_NAME, IsoImage.readFile(file, FILE_NAME, MOST_BYTES));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int length = (int) Math.min(channel.size(), MOST_BYTES + 1L);
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // The loop reads until the file ends.
      }
      return read(file.toString(), Arrays.copyOf(bytes.array(), bytes.position()));
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  /** Tells whether a file is a CD image, by its content. */
  public static boolean isImage(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer magic = ByteBuffer.allocate(5);
      while (magic.hasRemaining() && channel.read(magic, ISO_MAGIC_AT + magic.position()) >= 0) {
        // The loop reads until all is there or the file ends.
      }
      return new String(magic.array(), StandardCharsets.US_ASCII).equals("CD001");
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  /**
   * Makes the document for a machine: its properties and those of its immediate collection, and for
   * each machine beside it in the collection that one's own, secrets included, as the specification
   * has it.
   *
   * @param machineId null when there is one machine only
   * @param platform null for none
   * @throws IntermodalException {@link OvfError#ENTITY_UNKNOWN} when there is no such machine;
   *     {@link OvfError#ENVIRONMENT_VALUE} when a value has a character that XML cannot hold
   */
  public static OvfEnvironment of(
      PropertySheet sheet, @Nullable String machineId, @Nullable Platform platform) {
    List<Property> own = properties(sheet.entries(machineId));
    List<Entity> beside =
        sheet.siblings(machineId).stream()
            .map(sibling -> new Entity(sibling.id(), properties(sibling.entries())))
            .toList();
    return of(sheet.machineId(machineId).orElse(""), platform, own, beside);
  }

  /**
   * Makes a document of its parts.
   *
   * @param id the id of the machine; may be empty
   * @param platform null for none
   * @throws IntermodalException {@link OvfError#ENVIRONMENT_VALUE} when a text has a character that
   *     XML cannot hold
   */
  public static OvfEnvironment of(
      String id, @Nullable Platform platform, List<Property> properties, List<Entity> entities) {
    Set<String> secrets = new HashSet<>();
    properties.stream().filter(Property::secret).forEach(p -> secrets.add(p.key()));
    entities.stream()
        .flatMap(e -> e.properties().stream())
        .filter(Property::secret)
        .forEach(p -> secrets.add(p.key()));
    return new OvfEnvironment(EnvironmentXml.build(id, platform, properties, entities), secrets);
  }

  private static List<Property> properties(List<PropertyEntry> entries) {
    return entries.stream()
        .map(
            e ->
                new Property(
                    e.property().fullKey(), e.value() == null ? "" : e.value(), e.secret()))
        .toList();
  }

  /** Returns the id of the machine it is for; empty when it is not stated. */
  public String id() {
    return id;
  }

  /** Finds the first description of the platform. */
  public Optional<Platform> platform() {
    return Optional.ofNullable(platform);
  }

  /** Returns the properties of the machine and its collection, in order. */
  public List<Property> properties() {
    return properties;
  }

  /** Finds the value of the first property of a key. */
  public Optional<String> value(String key) {
    return properties.stream().filter(p -> p.key().equals(key)).map(Property::value).findFirst();
  }

  /** Returns what stands beside the machine, in order. */
  public List<Entity> entities() {
    return entities;
  }

  /** Returns the sections of the machine that are not OVF's, as VMware's and Azure's, in order. */
  public List<XmlElement> foreignSections() {
    return document.root().elements().filter(e -> !EnvironmentXml.isOvf(e.namespace())).toList();
  }

  /** Returns the tree with all that no record names, secrets included. */
  public XmlDocument document() {
    return document;
  }

  /**
   * Returns the same environment in the order and with the names that DSP8027 asks for: sections,
   * entities, foreign sections. One that was made here is so already.
   */
  public OvfEnvironment conforming() {
    return new OvfEnvironment(ConformingXml.of(document), secretKeys);
  }

  /** Returns the document for the guest, secrets included, UTF-8. */
  public byte[] toXmlWithSecrets() {
    return XmlWriter.exact().toBytes(document);
  }

  /**
   * Returns the document for people: no value that is a secret by mark or name, no comment and no
   * instruction. UTF-8, with lines of their own for elements.
   */
  public byte[] toRedactedXml() {
    return XmlWriter.indented().toBytes(RedactedXml.of(document, secretKeys));
  }

  /**
   * Returns the CD image for the guest, secrets included (transport {@code iso}).
   *
   * @param others files beside the document, as an EnvironmentFilesSection names them
   * @throws IntermodalException as {@link IsoWriter#of}
   */
  public byte[] toImageWithSecrets(List<IsoFile> others) {
    List<IsoFile> files = new ArrayList<>();
    files.add(IsoFile.of(FILE_NAME, toXmlWithSecrets()));
    files.addAll(others);
    return IsoWriter.of(VOLUME_LABEL, files).toBytes();
  }

  /** Counts only: values may be secrets. */
  @Override
  public String toString() {
    return "OVF environment of "
        + (id.isEmpty() ? "a machine" : id)
        + ": "
        + properties.size()
        + " properties, "
        + entities.size()
        + " entities";
  }
}
