package io.intermodal.ovf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says in which order the members of a collection start; they stop in the opposite order (DSP0243
 * "StartupSection"). Defaults are put in. The members of one group may start together.
 *
 * @param groups by rising order; order 0 holds those that depend on nobody and may start at any
 *     time, members that no section names among them
 */
public record StartupPlan(List<Group> groups) {

  /** Copies the list. */
  public StartupPlan {
    groups = List.copyOf(groups);
  }

  /**
   * Is a set of members that start together.
   *
   * @param startDelay the longest of the members': how long to wait before the next group starts
   * @param stopDelay the longest of the members': how long to wait before the group below stops
   */
  public record Group(int order, Duration startDelay, Duration stopDelay, List<Step> steps) {
    /** Copies the list. */
    public Group {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Is what happens to one member.
   *
   * @param start whether it is started at all
   * @param waitingForGuest whether the next group may start as soon as the guest says it is up
   * @param inner the plan of the members of a collection; null for a single system
   */
  public record Step(
      Content member,
      boolean start,
      StopAction stop,
      boolean waitingForGuest,
      Duration startDelay,
      Duration stopDelay,
      @Nullable StartupPlan inner) {
    /** Validates the parts. */
    public Step {
      Objects.requireNonNull(member, "member");
      Objects.requireNonNull(stop, "stop");
    }
  }

  /** Tells how a member is stopped. */
  public enum StopAction {
    /** Power is cut; what counts where nothing is said. */
    POWER_OFF,
    /** The guest is asked to shut down. */
    GUEST_SHUTDOWN,
    /** The state is saved; a word of VMware's. */
    SUSPEND,
    /** Nothing is done. */
    NONE
  }

  static StartupPlan of(Envelope envelope) {
    List<Content> top = envelope.contents();
    List<Section.Startup> own =
        envelope.sections().stream()
            .filter(Section.Startup.class::isInstance)
            .map(Section.Startup.class::cast)
            .toList();
    // XenCenter writes the order beside the only content instead of into it.
    if (top.size() == 1 && top.get(0) instanceof Content.VirtualSystemCollection group) {
      Stream<Section.Startup> inside = group.sections(Section.Startup.class);
      return plan(group.members(), Stream.concat(inside, own.stream()));
    }
    return plan(top, own.stream());
  }

  private static StartupPlan plan(List<Content> members, Stream<Section.Startup> sections) {
    Map<String, StartupItem> items = new HashMap<>();
    sections.flatMap(s -> s.items().stream()).forEach(i -> items.putIfAbsent(i.id(), i));
    Map<Integer, List<Step>> byOrder = new TreeMap<>();
    for (Content member : members) {
      StartupItem item = member.id() == null ? null : items.get(member.id());
      int order = item == null || item.order() == null ? 0 : item.order();
      byOrder.computeIfAbsent(order, k -> new ArrayList<>()).add(step(member, item));
    }
    List<Group> groups = new ArrayList<>();
    byOrder.forEach(
        (order, steps) ->
            groups.add(
                new Group(
                    order,
                    longest(steps.stream().map(Step::startDelay)),
                    longest(steps.stream().map(Step::stopDelay)),
                    steps)));
    return new StartupPlan(groups);
  }

  private static Step step(Content member, @Nullable StartupItem item) {
    StartupPlan inner =
        member instanceof Content.VirtualSystemCollection group
            ? plan(group.members(), group.sections(Section.Startup.class))
            : null;
    if (item == null) {
      return new Step(
          member, true, StopAction.POWER_OFF, false, Duration.ZERO, Duration.ZERO, inner);
    }
    return new Step(
        member,
        !"none".equalsIgnoreCase(item.startAction()),
        stop(item.stopAction()),
        item.waitingForGuest(),
        seconds(item.startDelaySeconds()),
        seconds(item.stopDelaySeconds()),
        inner);
  }

  private static StopAction stop(@Nullable String text) {
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "guestshutdown" -> StopAction.GUEST_SHUTDOWN;
      case "suspend" -> StopAction.SUSPEND;
      case "none" -> StopAction.NONE;
      default -> StopAction.POWER_OFF;
    };
  }

  private static Duration seconds(@Nullable Integer seconds) {
    return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
  }

  private static Duration longest(Stream<Duration> delays) {
    return delays.max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
