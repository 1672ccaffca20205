package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out what a property would be deployed with, and says what stands against it. */
final class EntryMaker {

  private EntryMaker() {}

  static PropertyEntry of(
      PropertyEntity entity,
      ProductProperty property,
      GivenValues given,
      @Nullable String configuration,
      PropertyRoom room) {
    String raw = given.valueIn(property, configuration);
    PropertyReferences.Resolved resolved =
        raw == null || given.has(property) || property.kind() == PropertyType.Kind.EXPRESSION
            ? new PropertyReferences.Resolved(raw == null ? "" : raw, List.of(), false)
            : PropertyReferences.resolve(raw, key -> entity.find(key, given, configuration), room);
    String value = raw == null ? null : resolved.text();
    List<String> problems = property.check(resolved.text());
    return new PropertyEntry(
        entity.id,
        property,
        value,
        origin(property, given, configuration, raw),
        state(property, given, resolved, problems),
        property.password() || resolved.secret(),
        problems,
        resolved.unresolved());
  }

  private static PropertyEntry.Origin origin(
      ProductProperty property,
      GivenValues given,
      @Nullable String configuration,
      @Nullable String raw) {
    if (given.has(property)) {
      return PropertyEntry.Origin.USER;
    }
    if (raw == null) {
      return PropertyEntry.Origin.NONE;
    }
    return configuration != null && property.configurationValues().containsKey(configuration)
        ? PropertyEntry.Origin.CONFIGURATION
        : PropertyEntry.Origin.DEFAULT;
  }

  /** An empty text is a value where type and qualifiers allow it; no other empty value is one. */
  private static PropertyEntry.State state(
      ProductProperty property,
      GivenValues given,
      PropertyReferences.Resolved resolved,
      List<String> problems) {
    if (resolved.text().isEmpty() && !given.has(property)) {
      if (property.filledByPlatform()) {
        return PropertyEntry.State.PLATFORM;
      }
      if (problems.isEmpty()) {
        return PropertyEntry.State.READY;
      }
      return property.userConfigurable() ? PropertyEntry.State.MISSING : PropertyEntry.State.EMPTY;
    }
    if (!problems.isEmpty()) {
      return PropertyEntry.State.INVALID;
    }
    return property.kind() == PropertyType.Kind.EXPRESSION && !given.has(property)
        ? PropertyEntry.State.PLATFORM
        : PropertyEntry.State.READY;
  }

  static List<String> sentences(PropertyEntry entry) {
    String name = "the property " + Texts.shorten(entry.path());
    List<String> sentences = new ArrayList<>();
    if (entry.state() == PropertyEntry.State.INVALID) {
      entry.problems().forEach(problem -> sentences.add(name + " " + problem));
    }
    entry
        .unresolved()
        .forEach(
            key ->
                sentences.add(
                    name + " refers to " + Texts.shorten(key) + ", and there is no such value"));
    return sentences;
  }
}
