package io.intermodal.ovf.edit;

import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds, changes and removes the files that an envelope refers to. */
final class FileEdits {

  private static final Pattern RESOURCE = Pattern.compile("(?:ovf:)?/{1,2}file/(.+)");

  private final Work work;

  FileEdits(Work work) {
    this.work = work;
  }

  /** Finds a file by its id, its href, or its name before percent-encoding. */
  FileReference find(String what, String idOrHref) {
    List<FileReference> files = work.envelope().files();
    for (FileReference file : files) {
      String href = file.href();
      if (idOrHref.equals(file.id())
          || idOrHref.equals(href)
          || (href != null && idOrHref.equals(Hrefs.decoded(href)))) {
        return file;
      }
    }
    List<String> names = new ArrayList<>();
    files.forEach(f -> names.add(String.valueOf(f.id() == null ? f.href() : f.id())));
    throw Rejections.unknown(what, "file", idOrHref, names);
  }

  /** Adds a file and returns its id. */
  String add(String what, @Nullable String wantedId, String name, @Nullable Long bytes) {
    TreePatch patch = work.patch();
    String id = add(what, wantedId, name, bytes, patch);
    work.apply(patch);
    return id;
  }

  String add(
      String what, @Nullable String wantedId, String name, @Nullable Long bytes, TreePatch patch) {
    Rejections.name(what, name);
    if (Hrefs.unsafe(name)) {
      throw Rejections.rejected(what, Texts.shorten(name) + " is no name of a file in a package");
    }
    // An id that something names already would give that a meaning it did not have.
    FreeIds ids = new FreeIds();
    users().keySet().forEach(ids::take);
    XmlElement like = null;
    for (FileReference file : work.envelope().files()) {
      like = file.element();
      String href = file.href();
      if (href != null && (href.equals(name) || Hrefs.decoded(href).equals(name))) {
        throw Rejections.rejected(what, "the file " + Texts.shorten(name) + " is listed already");
      }
    }
    work.envelope().files().forEach(f -> ids.take(f.id()));
    String id = ids.chosen(what, wantedId, "file");
    XmlElement references = references();
    XmlElement in = references == null ? work.root() : references;
    XmlElement near = like == null ? in : like;
    XmlElement.Builder file =
        XmlElement.builder(like == null ? work.child(in, "File") : like.name())
            .attribute(name(like, near, "id"), id)
            .attribute(name(like, near, "href"), Hrefs.encoded(name));
    if (bytes != null) {
      file.attribute(name(like, near, "size"), String.valueOf(bytes));
    }
    if (like != null) {
      patch.after(like, file.build());
    } else if (references != null) {
      patch.append(references, file.build());
    } else {
      XmlElement made = XmlElement.builder(work.child(in, "References")).add(file.build()).build();
      new Placing(work).addRanked(patch, in, made, List.of("References"));
    }
    work.added(in, "lists the file " + Texts.shorten(name) + " with the id " + id);
    return id;
  }

  private XmlName name(@Nullable XmlElement like, XmlElement near, String attribute) {
    return like == null ? work.newAttribute(near, attribute) : work.attribute(like, attribute);
  }

  @Nullable XmlElement references() {
    return work.dialect().child(work.root(), "References").orElse(null);
  }

  void remove(String idOrHref) {
    String what = "remove the file " + Texts.shorten(idOrHref);
    FileReference file = find(what, idOrHref);
    List<XmlElement> users = file.id() == null ? List.of() : users(file.id());
    if (!users.isEmpty()) {
      throw Rejections.rejected(
          what, "it is needed by " + work.places().path(users.get(0)) + "; remove that first");
    }
    TreePatch patch = work.patch();
    patch.remove(file.element());
    work.removed(file.element(), "removes the file " + Texts.shorten(idOrHref));
    work.apply(patch);
  }

  /** Returns what refers to a file anywhere: by fileRef, or as {@code ovf:/file/id}. */
  List<XmlElement> users(String id) {
    return users().getOrDefault(id, List.of());
  }

  /** Returns what refers to files anywhere, by the ids of the files. */
  Map<String, List<XmlElement>> users() {
    Map<String, List<XmlElement>> users = new HashMap<>();
    users(work.root(), users);
    return users;
  }

  private static void users(XmlElement in, Map<String, List<XmlElement>> users) {
    for (XmlAttribute attribute : in.attributes()) {
      boolean direct = attribute.name().localName().equals("fileRef");
      String id = direct ? attribute.value().strip() : resource(attribute.value());
      if (id != null) {
        users.computeIfAbsent(id, k -> new ArrayList<>()).add(in);
      }
    }
    boolean leaf = true;
    for (XmlElement child : in.elements().toList()) {
      leaf = false;
      users(child, users);
    }
    String id = leaf ? resource(in.text()) : null;
    if (id != null) {
      users.computeIfAbsent(id, k -> new ArrayList<>()).add(in);
    }
  }

  /** Returns the id in {@code ovf:/file/id}; null when a text is nothing like it. */
  private static @Nullable String resource(String text) {
    Matcher form = RESOURCE.matcher(text.strip());
    return form.matches() ? form.group(1) : null;
  }

  void size(String idOrHref, long bytes) {
    String what = "set the size of " + Texts.shorten(idOrHref);
    if (bytes < 0) {
      throw Rejections.rejected(what, "it must not be negative");
    }
    FileReference file = find(what, idOrHref);
    TreePatch patch = work.patch();
    String text = String.valueOf(bytes);
    if (!text.equals(work.dialect().attribute(file.element(), "size"))) {
      patch.attribute(file.element(), work.attribute(file.element(), "size"), text);
      work.changed(file.element(), "states the size " + bytes);
    }
    work.apply(patch);
  }

  /** Lets a File name another stored file, which is neither compressed nor in chunks. */
  void replace(
      FileReference file, String what, String name, @Nullable Long bytes, TreePatch patch) {
    Rejections.name(what, name);
    if (Hrefs.unsafe(name)) {
      throw Rejections.rejected(what, Texts.shorten(name) + " is no name of a file in a package");
    }
    for (FileReference other : work.envelope().files()) {
      String href = other.href();
      if (!TreePlaces.same(other, file) && href != null && Hrefs.decoded(href).equals(name)) {
        throw Rejections.rejected(what, "the file " + Texts.shorten(name) + " is listed already");
      }
    }
    XmlElement element = file.element();
    Dialect dialect = work.dialect();
    boolean changed = false;
    if (!name.equals(file.href() == null ? null : Hrefs.decoded(file.href()))) {
      patch.attribute(element, work.attribute(element, "href"), Hrefs.encoded(name));
      changed = true;
    }
    String size = bytes == null ? null : String.valueOf(bytes);
    if (!Objects.equals(size, dialect.attribute(element, "size"))) {
      XmlName attribute = work.attribute(element, "size");
      if (size == null) {
        patch.dropAttribute(element, attribute);
      } else {
        patch.attribute(element, attribute, size);
      }
      changed = true;
    }
    for (String packing : List.of("compression", "chunkSize")) {
      if (dialect.attribute(element, packing) != null) {
        patch.dropAttribute(element, work.attribute(element, packing));
        changed = true;
      }
    }
    if (changed) {
      work.changed(element, "names the file " + Texts.shorten(name));
    }
  }
}
