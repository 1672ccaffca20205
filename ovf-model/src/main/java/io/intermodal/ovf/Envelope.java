package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWarning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a descriptor of any dialect as one model (DSP0243 "OVF descriptor"). Immutable and
 * thread-safe. {@link #machines} is the view to convert from: one configuration chosen, properties
 * put in; the sections are what was written.
 */
public final class Envelope {

  private final XmlDocument document;
  private final Dialect dialect;
  private final List<FileReference> files;
  private final List<Section> sections;
  private final List<Content> contents;
  private final List<Disk> disks;
  private final References references;
  private final List<Finding> metByReading;

  /** Made when asked for: it takes a look at every element. */
  private volatile @Nullable Told told;

  /** Made when asked for: who only wants the machines does not pay for the checks. */
  private volatile @Nullable List<Finding> findings;

  private Envelope(String source, XmlDocument document) {
    this.document = document;
    XmlElement root = document.root();
    if (!root.localName().equals("Envelope")) {
      throw new IntermodalException(
          OvfError.NOT_AN_ENVELOPE,
          "cannot read "
              + source
              + ": it is XML but no OVF envelope; its root is "
              + Texts.shorten(root.localName()),
          source + ":" + root.line() + ":" + root.column(),
          null);
    }
    dialect = new Dialect(root.namespace());
    Findings found = new Findings(root);
    for (XmlWarning warning : document.warnings()) {
      boolean encoding =
          warning.kind() == XmlWarning.Kind.ENCODING_LIE
              || warning.kind() == XmlWarning.Kind.ENCODING_UNKNOWN;
      found.add(
          encoding ? FindingCode.XML_ENCODING : FindingCode.XML_PROLOG, root, warning.message());
    }
    EnvelopeParser parser = new EnvelopeParser(dialect, found);
    files = List.copyOf(parser.files(root));
    contents = parser.contents(root);
    sections = SizedDisks.in(parser.sections(root), contents);
    disks = sections(Section.Disks.class).flatMap(s -> s.disks().stream()).toList();
    references = new References(files, disks, dialect.ovirt());
    metByReading = found.list();
  }

  /**
   * Reads a descriptor.
   *
   * @param source the name of the document, for messages
   * @throws IntermodalException {@code XML_MALFORMED}, {@code XML_FORBIDDEN}, {@code XML_LIMIT} or
   *     {@link OvfError#NOT_AN_ENVELOPE}; {@link OvfError#PACKAGE_LIMIT} when there is too little
   *     memory for it
   */
  public static Envelope read(String source, byte[] bytes) {
    try {
      return new Envelope(source, XmlReader.standard().read(source, bytes));
    } catch (OutOfMemoryError e) {
      // A tree is many times larger than its text; all that was built of it can go.
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot read "
              + source
              + ": there is not enough memory for a descriptor of "
              + bytes.length
              + " bytes with so many parts; start Java with a larger -Xmx",
          source,
          e);
    }
  }

  /**
   * Takes a tree that was read or built as an envelope.
   *
   * @param source the name of the document, for messages
   * @throws IntermodalException {@link OvfError#NOT_AN_ENVELOPE}
   */
  public static Envelope of(String source, XmlDocument document) {
    return new Envelope(source, document);
  }

  /** Returns the namespace of the root; empty for none. */
  public String namespace() {
    return document.root().namespace();
  }

  /** Returns the dialect; empty when the namespace is unknown. */
  public Optional<OvfVersion> version() {
    Told known = told;
    if (known == null) {
      // Two threads may both do it, with the same result.
      known = new Told(Versions.of(document.root(), dialect));
      told = known;
    }
    return Optional.ofNullable(known.version());
  }

  /** Holds the dialect once it is told, null where it is unknown. */
  private record Told(@Nullable OvfVersion version) {}

  /** Finds the language the envelope states for its texts. */
  public Optional<String> language() {
    return document.root().attribute(Dialect.XML, "lang").map(Dialect::blankToNull);
  }

  /**
   * Returns the languages there are texts in: the envelope's own first, then those of its Strings
   * (DSP0243 "Internationalization"); files of translations are not looked into.
   */
  public List<String> languages() {
    return StringTable.of(this, dialect, f -> Optional.empty()).languages();
  }

  /**
   * Returns this envelope with its texts in a language, as far as it holds translations itself.
   *
   * @param language a tag as {@code de-DE}
   */
  public Envelope localized(String language) {
    return localized(language, f -> Optional.empty());
  }

  /**
   * Returns this envelope with its texts in a language. A text is looked up by its msgid in exactly
   * that language, then in the language without its last part, {@code de} for {@code de-DE}; the
   * text of the element itself counts when its language comes up first or nothing is found. Where
   * that is empty, the envelope's own language is tried.
   *
   * @param language a tag as {@code de-DE}
   * @param files gives the bytes of a file that holds translations or a long text; empty for one
   *     that is not at hand, whose texts are then not translated
   * @throws IntermodalException {@code XML_MALFORMED}, {@code XML_FORBIDDEN}, {@code XML_LIMIT} or
   *     {@link OvfError#STRINGS_INVALID} for a file of translations; {@link OvfError#PACKAGE_LIMIT}
   *     when texts grow over 64 Mi characters
   */
  public Envelope localized(String language, Function<FileReference, Optional<byte[]>> files) {
    return new Localizer(StringTable.of(this, dialect, files), dialect, language)
        .translated(document.root())
        .map(
            root ->
                new Envelope(
                    "a translation",
                    new XmlDocument(
                        document.prolog(),
                        root,
                        document.epilog(),
                        document.encoding(),
                        document.warnings())))
        .orElse(this);
  }

  /** Returns the tree as it was read, with all that no record names. */
  public XmlDocument document() {
    return document;
  }

  /** Returns the files in order. */
  public List<FileReference> files() {
    return files;
  }

  /** Finds a file by its id. */
  public Optional<FileReference> file(String id) {
    return references.file(id);
  }

  /** Returns what finds files and disks by what names them. */
  References references() {
    return references;
  }

  /** Returns the sections of the envelope itself, in order. */
  public List<Section> sections() {
    return sections;
  }

  /** Returns virtual systems and collections at the top; valid documents have exactly one. */
  public List<Content> contents() {
    return contents;
  }

  /** Returns the disks of all disk sections of the envelope, in order. */
  public List<Disk> disks() {
    return disks;
  }

  /** Finds a disk by its id. */
  public Optional<Disk> disk(String id) {
    return references.disk(id);
  }

  /**
   * Finds the file of a disk. oVirt names the place of the file where others name its id; both are
   * looked up.
   */
  public Optional<FileReference> fileOf(Disk disk) {
    return references.fileOf(disk);
  }

  /**
   * Finds the disk that a device names, in whichever form: {@code ovf:/disk/id}, {@code /disk/id},
   * or as oVirt writes it; empty when it names none that is there.
   */
  public Optional<Disk> diskOf(Item item) {
    return Optional.ofNullable(HostResources.disk(item, this));
  }

  /** Returns the networks in order. */
  public List<Network> networks() {
    return sections(Section.Networks.class).flatMap(s -> s.networks().stream()).toList();
  }

  /** Returns the deployment options in order. */
  public List<DeploymentOption> deploymentOptions() {
    return OptionChoice.options(sections);
  }

  /** Finds the option that counts when none is chosen: the marked one, else the first. */
  public Optional<String> defaultDeploymentOption() {
    return OptionChoice.standard(sections);
  }

  /** Returns the product sections everywhere in the document, in order. */
  public List<Section.Product> products() {
    return everywhere(Section.Product.class).toList();
  }

  /** Returns the number of properties everywhere in the document. */
  public int propertyCount() {
    return products().stream().mapToInt(p -> p.properties().size()).sum();
  }

  /** Returns the licences everywhere in the document, in order. */
  public List<Section.Eula> eulas() {
    return everywhere(Section.Eula.class).toList();
  }

  /** Returns the names of the sections everywhere, unknown ones too: sorted, each once. */
  public List<String> sectionNames() {
    TreeSet<String> names = new TreeSet<>(Comparator.naturalOrder());
    everywhere(Section.class).forEach(s -> names.add(s.name()));
    return List.copyOf(names);
  }

  /** Returns the sections of a kind: of the envelope first, then of systems in order. */
  <T extends Section> Stream<T> everywhere(Class<T> kind) {
    return Stream.concat(sections(kind), all(contents).flatMap(c -> c.sections(kind)));
  }

  private <T extends Section> Stream<T> sections(Class<T> kind) {
    return sections.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Returns systems and collections with all that is in them, in order. */
  static Stream<Content> all(List<Content> contents) {
    List<Content> all = new ArrayList<>();
    collect(contents, all);
    return all.stream();
  }

  private static void collect(List<Content> contents, List<Content> to) {
    for (Content content : contents) {
      to.add(content);
      if (content instanceof Content.VirtualSystemCollection group) {
        collect(group.members(), to);
      }
    }
  }

  /**
   * Returns the machines as they would be deployed, in order (DSP0243 "DeploymentOptionSection").
   * An item for the configuration takes the place of the item for all with its InstanceID.
   *
   * @param configuration the id of a deployment option; null for the default one
   * @throws IntermodalException {@link OvfError#CONFIGURATION_UNKNOWN} when there is no such option
   */
  public List<Machine> machines(@Nullable String configuration) {
    return machines(configuration, List.of());
  }

  /**
   * Returns the machines as a product would deploy them that has certain hardware families. Of
   * several hardware sections of a system the first counts that is for one of them or for any.
   *
   * @param configuration as for {@link #machines(String)}
   * @param families names as {@code vmx-14} or {@code virtualbox-2.2}, compared without letter
   *     case; empty for all
   * @throws IntermodalException {@link OvfError#CONFIGURATION_UNKNOWN}; {@link
   *     OvfError#HARDWARE_UNSUPPORTED} when a system has no section for any of the families
   */
  public List<Machine> machines(@Nullable String configuration, List<String> families) {
    return new MachineView(this, dialect, chosen(configuration), families, GivenValues.none())
        .machines();
  }

  /** Returns the machines of an option that exists, with values of a deployer's. */
  List<Machine> machines(@Nullable String chosen, GivenValues given) {
    return new MachineView(this, dialect, chosen, List.of(), given).machines();
  }

  /**
   * Returns the option that was asked for, else the default one, else null.
   *
   * @throws IntermodalException {@link OvfError#CONFIGURATION_UNKNOWN} when there is no such option
   */
  @Nullable String chosen(@Nullable String configuration) {
    return OptionChoice.of(sections, configuration);
  }

  /**
   * Returns the disks that a disk consists of: itself last, before it the one it is the difference
   * to, and so on to the base (DSP0243 "DiskSection").
   *
   * @throws IntermodalException {@link OvfError#DISK_CHAIN} when a parent is not there, or the
   *     parents go in a circle
   */
  public List<Disk> chain(Disk disk) {
    return DiskChain.of(this, disk);
  }

  /** Returns in which order everything in the envelope starts and stops. */
  public StartupPlan startupPlan() {
    return StartupPlan.of(this);
  }

  /** Returns the level of portability and why; computed when asked for. */
  public Portability portability() {
    return Extensions.portability(this, dialect);
  }

  /**
   * Returns the sections and foreign elements that a consumer must understand and that {@link
   * Machine} does not have. Whoever deploys has to know each of them, or must refuse (DSP0243
   * "Extensibility"). Encryption sections count: nothing is decrypted here. At most {@link
   * Portability#MOST} are listed.
   */
  public List<Extension> notUnderstood() {
    return Extensions.notUnderstood(this, dialect);
  }

  /** Returns what a careful reader objects to, in the order it was met. */
  public List<Finding> findings() {
    List<Finding> all = findings;
    if (all == null) {
      // Two threads may both do it, with the same result.
      Findings found = new Findings(document.root(), metByReading);
      new EnvelopeChecks(this, dialect, found).run();
      all = found.list();
      findings = all;
    }
    return all;
  }

  /** Returns the same findings, as grave as that kind of reader takes them. */
  public List<Finding> findings(Strictness strictness) {
    return findings().stream().map(f -> f.judged(strictness)).toList();
  }

  /**
   * Returns what one product would refuse in this descriptor, or read as something else; what is
   * wrong for every product is in {@link #findings()}. It is from the reports and documents of the
   * product's users, not from running it.
   */
  public List<Finding> findingsFor(Consumer consumer) {
    return ConsumerChecks.check(this, dialect, Objects.requireNonNull(consumer, "consumer"));
  }

  /** Names dialect and size only: a descriptor may hold passwords. */
  @Override
  public String toString() {
    return "OVF envelope of " + files.size() + " files and " + contents.size() + " contents";
  }
}
