package io.intermodal.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.migrate.guest.ProbeReport;
import io.intermodal.migrate.guest.ProbeStep;
import java.time.Duration;
import java.util.List;

/** Writes what was done for each test, as a part of {@link JsonReport}. */
final class TestRunJson {

  private TestRunJson() {}

  static ObjectNode of(TestRun run) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("hypervisor", steps(run.hypervisor()));
    ProbeReport guest = run.guest();
    if (guest == null) {
      node.putNull("guest");
    } else {
      node.putObject("guest")
          .put("probe", guest.probe())
          .put("via", guest.via())
          .put("waitedMillis", guest.waited().toMillis())
          .put("tries", guest.tries())
          .put("silence", guest.silence())
          .set("steps", steps(guest.steps()));
    }
    return node;
  }

  private static ArrayNode steps(List<ProbeStep> steps) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (ProbeStep step : steps) {
      Duration duration = step.duration();
      array
          .addObject()
          .put("test", step.test())
          .put("action", step.action())
          .put("via", step.via())
          .put("durationMillis", duration == null ? null : (Long) duration.toMillis())
          .put("outcome", step.outcome().name())
          .put("reason", step.reason());
    }
    return array;
  }
}
