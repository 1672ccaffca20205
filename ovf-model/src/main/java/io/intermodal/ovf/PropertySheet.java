package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.internal.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the properties of an envelope in one configuration as a form to fill in (DSP0243
 * "ProductSection"). A value that a deployer gives counts before that of the configuration, and
 * that before the default. References in the author's values are put in once, from the same entity
 * or those around it; a deployer's value is taken as it stands. Immutable and thread-safe.
 *
 * <pre>{@code
 * PropertySheet sheet =
 *     PropertySheet.of(envelope).with("hostname", "web1").with("db", "port", "5432");
 * sheet.missing();
 * sheet.problems();
 * }</pre>
 */
public final class PropertySheet {

  private static final int MOST_KEYS = 20;

  private final Envelope envelope;
  private final @Nullable String configuration;
  private final GivenValues given;
  private final List<PropertyEntity> entities;

  private PropertySheet(
      Envelope envelope,
      @Nullable String configuration,
      GivenValues given,
      List<PropertyEntity> entities) {
    this.envelope = envelope;
    this.configuration = configuration;
    this.given = given;
    this.entities = entities;
  }

  /** Starts with the values of the default configuration. */
  public static PropertySheet of(Envelope envelope) {
    return of(envelope, null);
  }

  /**
   * Starts with the values of a configuration.
   *
   * @param configuration the id of a deployment option; null for the default one
   * @throws IntermodalException {@link OvfError#CONFIGURATION_UNKNOWN} when there is no such option
   */
  public static PropertySheet of(Envelope envelope, @Nullable String configuration) {
    String chosen = envelope.chosen(configuration);
    List<PropertyEntity> entities = new ArrayList<>();
    PropertyEntity.of(envelope, chosen).addTo(entities);
    return new PropertySheet(envelope, chosen, GivenValues.none(), List.copyOf(entities));
  }

  /** Finds the configuration that counts; empty when the envelope has none. */
  public Optional<String> configuration() {
    return Optional.ofNullable(configuration);
  }

  /**
   * Gives a value to the only property of a key. Whether it can have that value is among {@link
   * #problems}.
   *
   * @param fullKey the key in the environment, {@code [class.]key[.instance]}
   * @throws IntermodalException {@link OvfError#PROPERTY_UNKNOWN} when no property, or more than
   *     one, has the key; {@link OvfError#PROPERTY_FIXED} when it is not for the deployer to change
   */
  public PropertySheet with(String fullKey, String value) {
    List<PropertyEntity> having = entities.stream().filter(e -> e.own(fullKey) != null).toList();
    if (having.size() > 1) {
      throw new IntermodalException(
          OvfError.PROPERTY_UNKNOWN,
          "cannot set the property "
              + Texts.shorten(fullKey)
              + ": several entities have it; name one of "
              + having.stream()
                  .limit(10)
                  .map(e -> e.id == null ? "one without an id" : Texts.shorten(e.id))
                  .collect(Collectors.joining(", ")));
    }
    if (having.isEmpty()) {
      throw unknown(fullKey, entities);
    }
    return set(having.get(0), fullKey, value);
  }

  /**
   * Gives a value to a property that a machine sees: its own, else that of the collections around
   * it, innermost first.
   *
   * @param entityId the id of a machine or a collection
   * @throws IntermodalException {@link OvfError#ENTITY_UNKNOWN} when there is no such entity, and
   *     as {@link #with(String, String)}
   */
  public PropertySheet with(String entityId, String fullKey, String value) {
    PropertyEntity entity = entity(entityId);
    List<PropertyEntity> around = new ArrayList<>();
    for (PropertyEntity at = entity; at != null; at = at.parent) {
      if (at.own(fullKey) != null) {
        return set(at, fullKey, value);
      }
      around.add(at);
    }
    throw unknown(fullKey, around);
  }

  private PropertySheet set(PropertyEntity entity, String fullKey, String value) {
    ProductProperty property = Objects.requireNonNull(entity.own(fullKey));
    Objects.requireNonNull(value, "value");
    if (!property.userConfigurable()) {
      throw new IntermodalException(
          OvfError.PROPERTY_FIXED,
          "cannot set the property "
              + Texts.shorten(fullKey)
              + ": its author has fixed it; leave it out, or mark it ovf:userConfigurable=\"true\""
              + " in the descriptor");
    }
    return new PropertySheet(envelope, configuration, given.with(property, value), entities);
  }

  private IntermodalException unknown(String fullKey, List<PropertyEntity> among) {
    List<ProductProperty> open =
        among.stream()
            .flatMap(e -> e.own.stream())
            .filter(ProductProperty::userConfigurable)
            .toList();
    List<String> near = NearNames.of(fullKey, open.stream());
    boolean elsewhere =
        envelope.products().stream()
            .flatMap(product -> product.properties().stream())
            .anyMatch(p -> p.fullKey().equals(fullKey));
    String reason = "there is no such property";
    if (elsewhere) {
      reason = "the chosen option or entity has no such property, another one has";
    }
    return new IntermodalException(
        OvfError.PROPERTY_UNKNOWN,
        "cannot set the property "
            + Texts.shorten(fullKey)
            + ": "
            + reason
            + (near.isEmpty()
                ? keys(open)
                : "; perhaps " + String.join(" or ", near) + " is meant"));
  }

  private static String keys(List<ProductProperty> of) {
    List<String> keys =
        of.stream()
            .map(ProductProperty::fullKey)
            .distinct()
            .limit(MOST_KEYS + 1L)
            .map(Texts::shorten)
            .toList();
    if (keys.isEmpty()) {
      return "; there is none that a deployer may set";
    }
    boolean more = keys.size() > MOST_KEYS;
    return "; there are "
        + String.join(", ", more ? keys.subList(0, MOST_KEYS) : keys)
        + (more ? " and more" : "");
  }

  private PropertyEntity entity(String id) {
    return entities.stream()
        .filter(e -> id.equals(e.id))
        .findFirst()
        .orElseThrow(
            () ->
                new IntermodalException(
                    OvfError.ENTITY_UNKNOWN,
                    "cannot choose "
                        + Texts.shorten(id)
                        + ": the envelope has no machine or collection of that id; "
                        + ids(entities)));
  }

  /** Finds a machine; the only one when none is named. */
  private PropertyEntity machine(@Nullable String id) {
    List<PropertyEntity> machines = entities.stream().filter(e -> e.machine).toList();
    if (id == null && machines.size() == 1) {
      return machines.get(0);
    }
    return machines.stream()
        .filter(e -> id != null && id.equals(e.id))
        .findFirst()
        .orElseThrow(
            () ->
                new IntermodalException(
                    OvfError.ENTITY_UNKNOWN,
                    "cannot choose the machine"
                        + (id == null ? "" : " " + Texts.shorten(id))
                        + ": "
                        + (id == null ? "there is not exactly one" : "the envelope has none such")
                        + "; "
                        + ids(machines)));
  }

  private static String ids(List<PropertyEntity> of) {
    String ids =
        of.stream()
            .map(e -> e.id)
            .filter(Objects::nonNull)
            .limit(20)
            .map(Texts::shorten)
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? "there is none" : "there are " + ids;
  }

  /** Returns all properties in order of the document. */
  public List<PropertyEntry> entries() {
    PropertyRoom room = new PropertyRoom();
    return entities.stream().flatMap(e -> entries(e, room)).toList();
  }

  /**
   * Returns the properties of a machine and, after them, those of its immediate collection, or of
   * the envelope when it is in none, as an environment document has them. Of two with one key only
   * the first is there.
   *
   * @param machineId null when there is one machine only
   * @throws IntermodalException {@link OvfError#ENTITY_UNKNOWN} when there is no such machine
   */
  public List<PropertyEntry> entries(@Nullable String machineId) {
    PropertyEntity machine = machine(machineId);
    PropertyRoom room = new PropertyRoom();
    Stream<PropertyEntry> around =
        machine.parent == null ? Stream.empty() : entries(machine.parent, room);
    return firstOfEachKey(Stream.concat(entries(machine, room), around));
  }

  /** Holds the properties of an entity beside a machine. */
  public record Sibling(String id, List<PropertyEntry> entries) {

    /** Copies the list. */
    public Sibling {
      Objects.requireNonNull(id, "id");
      entries = List.copyOf(entries);
    }
  }

  /**
   * Returns the machines and collections beside a machine, in order; one without an id is left out.
   *
   * @param machineId null when there is one machine only
   * @throws IntermodalException {@link OvfError#ENTITY_UNKNOWN} when there is no such machine
   */
  public List<Sibling> siblings(@Nullable String machineId) {
    PropertyEntity machine = machine(machineId);
    PropertyRoom room = new PropertyRoom();
    List<Sibling> siblings = new ArrayList<>();
    for (PropertyEntity other : Objects.requireNonNull(machine.parent).members) {
      if (other != machine && other.id != null) {
        siblings.add(new Sibling(other.id, firstOfEachKey(entries(other, room))));
      }
    }
    return List.copyOf(siblings);
  }

  private static List<PropertyEntry> firstOfEachKey(Stream<PropertyEntry> entries) {
    Map<String, PropertyEntry> first = new LinkedHashMap<>();
    entries.forEach(e -> first.putIfAbsent(e.property().fullKey(), e));
    return List.copyOf(first.values());
  }

  private Stream<PropertyEntry> entries(PropertyEntity entity, PropertyRoom room) {
    return entity.own.stream()
        .map(property -> EntryMaker.of(entity, property, given, configuration, room));
  }

  /**
   * Returns the id of a machine.
   *
   * @param machineId null when there is one machine only
   * @return empty when that has none
   * @throws IntermodalException {@link OvfError#ENTITY_UNKNOWN} when there is no such machine
   */
  public Optional<String> machineId(@Nullable String machineId) {
    return Optional.ofNullable(machine(machineId).id);
  }

  /** Returns the properties that a deployer must give a value before power-on. */
  public List<PropertyEntry> missing() {
    return entries().stream().filter(e -> e.state() == PropertyEntry.State.MISSING).toList();
  }

  /**
   * Says what stands against a deployment, in sentences without a value: values that properties
   * cannot have, and references that name nothing.
   */
  public List<String> problems() {
    return entries().stream().flatMap(e -> EntryMaker.sentences(e).stream()).toList();
  }

  /**
   * Returns key and value of what {@link #entries(String)} returns; no value is the empty one. It
   * holds secrets as they are.
   *
   * @param machineId null when there is one machine only
   * @throws IntermodalException {@link OvfError#ENTITY_UNKNOWN} when there is no such machine
   */
  public Map<String, String> values(@Nullable String machineId) {
    Map<String, String> values = new LinkedHashMap<>();
    for (PropertyEntry entry : entries(machineId)) {
      values.put(entry.property().fullKey(), entry.value() == null ? "" : entry.value());
    }
    return values;
  }

  /** Returns the machines of the configuration with these values, as {@link Envelope#machines}. */
  public List<Machine> machines() {
    return envelope.machines(configuration, given);
  }

  /** Counts only: values may be secrets. */
  @Override
  public String toString() {
    return "properties of "
        + entities.size()
        + " entities"
        + (configuration == null ? "" : " in " + configuration);
  }
}
