package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the envelope as it is after the edits so far, what they did, and which machines they hit.
 */
final class Work {

  private Envelope envelope;
  private TreePlaces places;
  private final List<Change> changes = new ArrayList<>();
  private @Nullable String machine;
  private boolean everyMachine;

  Work(Envelope envelope) {
    this.envelope = envelope;
    places = new TreePlaces(envelope.document().root());
  }

  Envelope envelope() {
    return envelope;
  }

  TreePlaces places() {
    return places;
  }

  XmlElement root() {
    return envelope.document().root();
  }

  Dialect dialect() {
    return new Dialect(envelope.namespace());
  }

  EditReport report() {
    return new EditReport(changes);
  }

  TreePatch patch() {
    return new TreePatch(places);
  }

  void apply(TreePatch patch) {
    if (!patch.isEmpty()) {
      replaceRoot(patch.apply(root()));
    }
  }

  void replaceRoot(XmlElement root) {
    XmlDocument old = envelope.document();
    // What had to be set right when reading is right in what will be written.
    envelope =
        Envelope.of(
            "the edited envelope",
            new XmlDocument(old.prolog(), root, old.epilog(), "UTF-8", List.of()));
    places = new TreePlaces(root);
  }

  void changed(XmlElement at, String what) {
    say(Change.Kind.CHANGED, at, what);
  }

  void added(XmlElement at, String what) {
    say(Change.Kind.ADDED, at, what);
  }

  void removed(XmlElement at, String what) {
    say(Change.Kind.REMOVED, at, what);
  }

  void noted(XmlElement at, String what) {
    say(Change.Kind.NOTE, at, what);
  }

  void lost(XmlElement at, String what) {
    say(Change.Kind.LOST, at, what);
  }

  private void say(Change.Kind kind, XmlElement at, String what) {
    if (changes.size() < EditReport.MOST) {
      changes.add(new Change(kind, places.path(at), what));
    } else if (changes.size() == EditReport.MOST) {
      changes.add(new Change(Change.Kind.NOTE, "/" + root().localName(), "more than is listed"));
    }
  }

  void select(String idOrName) {
    List<String> known = new ArrayList<>();
    for (Content.VirtualSystem system : everySystem()) {
      if (idOrName.equals(system.id()) || idOrName.equals(system.name())) {
        machine = idOrName;
        everyMachine = false;
        return;
      }
      known.add(label(system));
    }
    throw Rejections.unknown("choose a machine", "machine", idOrName, known);
  }

  void selectAll() {
    machine = null;
    everyMachine = true;
  }

  /** Returns the machines that edits are for. */
  List<Content.VirtualSystem> machines(String what) {
    List<Content.VirtualSystem> all = everySystem();
    if (all.isEmpty()) {
      throw Rejections.rejected(what, "the envelope holds no machine");
    }
    if (machine == null) {
      if (all.size() > 1 && !everyMachine) {
        throw Rejections.rejected(
            what,
            "the envelope holds "
                + all.size()
                + " machines; choose one of "
                + String.join(", ", all.stream().limit(10).map(Work::label).toList())
                + ", or all");
      }
      return all;
    }
    List<Content.VirtualSystem> chosen =
        all.stream().filter(s -> machine.equals(s.id()) || machine.equals(s.name())).toList();
    if (chosen.isEmpty()) {
      throw Rejections.rejected(what, "the machine " + machine + " is not there any more");
    }
    return chosen;
  }

  boolean oneMachineSelected() {
    return machine != null;
  }

  /** Returns the hardware sections of the machines that edits are for; there is at least one. */
  List<Section.VirtualHardware> hardware(String what) {
    List<Section.VirtualHardware> sections =
        machines(what).stream().flatMap(m -> m.sections(Section.VirtualHardware.class)).toList();
    if (sections.isEmpty()) {
      throw Rejections.rejected(what, "the machine has no virtual hardware");
    }
    return sections;
  }

  List<Content.VirtualSystem> everySystem() {
    return everyContent(envelope.contents())
        .filter(Content.VirtualSystem.class::isInstance)
        .map(Content.VirtualSystem.class::cast)
        .toList();
  }

  static Stream<Content> everyContent(List<Content> contents) {
    return contents.stream()
        .flatMap(
            c ->
                c instanceof Content.VirtualSystemCollection group
                    ? Stream.concat(Stream.of(c), everyContent(group.members()))
                    : Stream.of(c));
  }

  List<Section.VirtualHardware> everyHardware() {
    return everySystem().stream().flatMap(m -> m.sections(Section.VirtualHardware.class)).toList();
  }

  private static String label(Content.VirtualSystem system) {
    return Objects.requireNonNullElse(
        system.id(), Objects.requireNonNullElse(system.name(), "(no id)"));
  }

  /** Refuses an option that is not there. */
  void requireOption(String what, String option) {
    List<String> ids = envelope.deploymentOptions().stream().map(o -> o.id()).toList();
    if (!ids.contains(option)) {
      throw Rejections.unknown(what, "deployment option", option, ids);
    }
  }

  /** Names an OVF child for a parent as its neighbours are named. */
  XmlName child(XmlElement parent, String localName) {
    Dialect dialect = dialect();
    XmlElement neighbour =
        parent
            .elements()
            .filter(e -> dialect.ovf(e.namespace()))
            .findFirst()
            .orElse(dialect.ovf(parent.namespace()) ? parent : root());
    // A neighbour may have redefined its prefix; then the name would be another one here.
    String bound = places.uri(parent, neighbour.name().prefix());
    return bound == null || bound.equals(neighbour.namespace())
        ? new XmlName(neighbour.namespace(), localName, neighbour.name().prefix())
        : places.element(parent, neighbour.namespace(), localName);
  }

  /** Names an OVF attribute of an element: as it is there, else as its neighbours are named. */
  XmlName attribute(XmlElement of, String localName) {
    Dialect dialect = dialect();
    XmlName plain = null;
    XmlName neighbour = null;
    boolean plainNeighbour = false;
    for (var attribute : of.attributes()) {
      XmlName name = attribute.name();
      boolean own = !name.namespace().isEmpty() && dialect.ovf(name.namespace());
      if (name.localName().equals(localName)) {
        if (own) {
          return name;
        }
        plain = name.namespace().isEmpty() ? name : plain;
      }
      neighbour = own && neighbour == null ? name : neighbour;
      plainNeighbour = plainNeighbour || name.namespace().isEmpty();
    }
    if (plain != null) {
      return plain;
    }
    if (neighbour != null) {
      return new XmlName(neighbour.namespace(), localName, neighbour.prefix());
    }
    boolean bare = plainNeighbour || envelope.namespace().isEmpty();
    return bare ? XmlName.local(localName) : places.attribute(of, envelope.namespace(), localName);
  }

  /** Declares a namespace once on an element to be put in, where it is not in scope. */
  void declare(XmlElement.Builder added, XmlElement in, String namespace) {
    String prefix = places.element(in, namespace, "x").prefix();
    if (!namespace.equals(places.uri(in, prefix))) {
      added.namespace(prefix, namespace);
    }
  }

  /** Names an OVF attribute of an element that is yet to be put into {@code in}. */
  XmlName newAttribute(XmlElement in, String localName) {
    return envelope.namespace().isEmpty()
        ? XmlName.local(localName)
        : places.attribute(in, envelope.namespace(), localName);
  }
}
