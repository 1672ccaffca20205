package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the attributes that the ODCA usage model "VM Interoperability" wants to travel with a
 * machine or a collection and that OVF has no place for. The section that carries them is
 * Intermodal's own extension, always {@code ovf:required="false"}; no standard defines it. Texts
 * are kept without blanks around them, an empty one is absent. Immutable.
 *
 * @param stakeholders who has to do with it, the owner among them
 * @param lease how long it is wanted; null when nothing is said
 * @param levels service levels by what they are about
 * @param objectives measurable promises (SLA, QoS)
 * @param securityZones zones it may run in; empty for any
 * @param compliance rules of law or industry that its place must fulfil
 * @param geoRules where it may be and where not; the first that names a region decides
 * @param carbon bounds of emissions; null when nothing is said
 * @param rules of firewalls, load balancers, roots of trust and I/O
 * @param licences what must be licensed at the target
 * @param drivers what the guest needs for a hypervisor
 * @param hooks what to call around a move
 * @param cloneStatus whether it is a master or a copy; null when nothing is said
 */
public record OdcaAttributes(
    List<Stakeholder> stakeholders,
    @Nullable Lease lease,
    List<ServiceLevel> levels,
    List<Objective> objectives,
    List<String> securityZones,
    List<String> compliance,
    List<GeoRule> geoRules,
    @Nullable Carbon carbon,
    List<Rule> rules,
    List<Licence> licences,
    List<Driver> drivers,
    List<Hook> hooks,
    @Nullable CloneStatus cloneStatus) {

  /** Names the namespace of the section. */
  public static final String NAMESPACE = "urn:intermodal:odca:1";

  private static final OdcaAttributes NONE =
      new OdcaAttributes(
          List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of(),
          List.of(), List.of(), List.of(), null);

  /** Copies the lists. */
  public OdcaAttributes {
    stakeholders = List.copyOf(stakeholders);
    levels = List.copyOf(levels);
    objectives = List.copyOf(objectives);
    securityZones = texts(securityZones, "securityZones");
    compliance = texts(compliance, "compliance");
    geoRules = List.copyOf(geoRules);
    rules = List.copyOf(rules);
    licences = List.copyOf(licences);
    drivers = List.copyOf(drivers);
    hooks = List.copyOf(hooks);
  }

  /** Returns attributes that say nothing, to begin with. */
  public static OdcaAttributes none() {
    return NONE;
  }

  /** Returns the stakeholders of a role, as {@code owner}, in order. */
  public Stream<Stakeholder> stakeholders(String role) {
    return stakeholders.stream().filter(s -> s.role().equals(role));
  }

  /** Returns the section for a descriptor of 1.x; it names no secret. */
  public XmlElement toXml() {
    return toXml(Dialect.OVF1);
  }

  /**
   * Returns the section for a descriptor of any version.
   *
   * @param ovfNamespace the namespace of the envelope, {@link Envelope#namespace()}
   */
  public XmlElement toXml(String ovfNamespace) {
    return OdcaXml.write(this, Objects.requireNonNull(ovfNamespace, "ovfNamespace"));
  }

  /**
   * Is a person or body.
   *
   * @param role {@code owner}, {@code operator} or another word
   * @param contact an address; null when absent
   */
  public record Stakeholder(String role, String name, @Nullable String contact) {
    /** Validates the texts. */
    public Stakeholder {
      role = filled(role, "role");
      name = filled(name, "name");
      contact = trimmed(contact);
    }
  }

  /** Bounds the life of a machine; either end may be open. */
  public record Lease(@Nullable Instant from, @Nullable Instant until) {
    /** Validates that it does not end before it begins. */
    public Lease {
      if (from != null && until != null && until.isBefore(from)) {
        throw new IllegalArgumentException("until must not be before from");
      }
    }
  }

  /** Names the levels of the usage model, lowest first; each holds what those below it ask. */
  public enum Level {
    /** The least. */
    BRONZE,
    /** Above bronze. */
    SILVER,
    /** Above silver. */
    GOLD,
    /** The most. */
    PLATINUM
  }

  /**
   * Asks for a level.
   *
   * @param element what it is about, as {@code packaging} or {@code discovery}
   */
  public record ServiceLevel(String element, Level level) {
    /** Validates the parts. */
    public ServiceLevel {
      element = filled(element, "element");
      Objects.requireNonNull(level, "level");
    }
  }

  /**
   * Is a promise that can be measured, as availability 99.9 percent.
   *
   * @param unit null when it has none
   */
  public record Objective(String name, String value, @Nullable String unit) {
    /** Validates the texts. */
    public Objective {
      name = filled(name, "name");
      value = filled(value, "value");
      unit = trimmed(unit);
    }
  }

  /**
   * Allows or forbids a region.
   *
   * @param region a code of ISO 3166 or a name that both sides know
   */
  public record GeoRule(boolean allowed, String region) {
    /** Validates the region. */
    public GeoRule {
      region = filled(region, "region");
    }
  }

  /**
   * Bounds emissions.
   *
   * @param maxGramsPerKwh grams of CO2 equivalent for a kilowatt-hour; null for no bound
   * @param renewableOnly whether the power must be renewable
   */
  public record Carbon(@Nullable Integer maxGramsPerKwh, boolean renewableOnly) {
    /** Validates that the bound is not negative. */
    public Carbon {
      if (maxGramsPerKwh != null && maxGramsPerKwh < 0) {
        throw new IllegalArgumentException("maxGramsPerKwh must not be negative");
      }
    }
  }

  /**
   * Is a rule that the target has to set up.
   *
   * @param kind {@code firewall}, {@code load-balancer}, {@code root-of-trust}, {@code io-control}
   *     or another word
   * @param text the rule in words or a notation that both sides know
   */
  public record Rule(String kind, String text) {
    /** Validates the texts. */
    public Rule {
      kind = filled(kind, "kind");
      text = filled(text, "text");
    }
  }

  /**
   * Names what must be licensed; never a licence key.
   *
   * @param count of licences; null when not stated
   * @param transferable whether the source's licence may move along
   */
  public record Licence(
      String product, @Nullable String vendor, @Nullable Integer count, boolean transferable) {
    /** Validates the parts. */
    public Licence {
      product = filled(product, "product");
      vendor = trimmed(vendor);
      if (count != null && count < 1) {
        throw new IllegalArgumentException("count must be positive: " + count);
      }
    }
  }

  /**
   * Names a driver the guest needs.
   *
   * @param version the least version; null for any
   * @param hypervisor what it is for; null for every one
   */
  public record Driver(String name, @Nullable String version, @Nullable String hypervisor) {
    /** Validates the texts. */
    public Driver {
      name = filled(name, "name");
      version = trimmed(version);
      hypervisor = trimmed(hypervisor);
    }
  }

  /** Tells when a hook is called. */
  public enum Phase {
    /** Before the move: no new work is taken, running work ends. */
    DRAIN,
    /** Right before the copy: nothing is written any more. */
    FREEZE,
    /** After the copy: writing goes on. */
    THAW,
    /** After the move: work is taken again. */
    RESUME
  }

  /**
   * Names what to call.
   *
   * @param action a URI or the name of a program in the guest, never with a secret in it
   * @param timeout how long it may take; null for no bound
   */
  public record Hook(Phase phase, String action, @Nullable Duration timeout) {
    /** Validates the parts. */
    public Hook {
      Objects.requireNonNull(phase, "phase");
      action = filled(action, "action");
      if (timeout != null && timeout.isNegative()) {
        throw new IllegalArgumentException("timeout must not be negative");
      }
    }
  }

  /** Tells a master from its copies. */
  public enum CloneRole {
    /** A master that others are copied from: never started, never changed. */
    GOLDEN,
    /** A copy of a master. */
    CLONE,
    /** Neither. */
    SINGLE
  }

  /**
   * Says what a machine was copied from.
   *
   * @param source the id of the master; null when absent
   * @param version of the master; null when absent
   */
  public record CloneStatus(CloneRole role, @Nullable String source, @Nullable String version) {
    /** Validates the role. */
    public CloneStatus {
      Objects.requireNonNull(role, "role");
      source = trimmed(source);
      version = trimmed(version);
    }
  }

  private static List<String> texts(List<String> texts, String what) {
    return texts.stream().map(t -> filled(t, what)).toList();
  }

  private static String filled(String text, String what) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    return stripped;
  }

  private static @Nullable String trimmed(@Nullable String text) {
    return text == null ? null : Dialect.blankToNull(text);
  }
}
