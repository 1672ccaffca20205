package io.intermodal.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Route;
import io.intermodal.evaluate.Cycles;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.MachineSpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans and reports for programs: {@code io.intermodal.plan/1}, {@code
 * io.intermodal.report/1}.
 */
public final class JsonReport {

  /** The schema of a plan. */
  public static final String PLAN_SCHEMA = "io.intermodal.plan/1";

  /** The schema of a report. */
  public static final String REPORT_SCHEMA = "io.intermodal.report/1";

  private JsonReport() {}

  /** Writes a plan. */
  public static ObjectNode of(MigrationPlan plan) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", PLAN_SCHEMA);
    root.put("feasible", plan.isFeasible());
    root.put("mode", plan.options().mode().name());
    root.put("order", plan.options().order().name());
    root.put("cycles", plan.options().cycles());
    root.put("deleteSource", plan.options().deleteSource());
    root.put("source", plan.source());
    root.put("sourceState", plan.sourceState().name());
    root.set("target", hypervisor(plan.target()));
    root.set("machine", of(plan.targetSpec()));
    ArrayNode disks = root.putArray("disks");
    for (DiskPlan disk : plan.disks()) {
      ObjectNode one = disks.addObject();
      one.put("key", disk.key());
      one.put("capacityBytes", disk.capacityBytes());
      one.put("blank", disk.blank());
      ArrayNode routes = one.putArray("routes");
      disk.routes().forEach(route -> routes.add(route(route)));
    }
    root.set("losses", losses(plan));
    ArrayNode findings = root.putArray("findings");
    for (Finding finding : plan.findings()) {
      findings
          .addObject()
          .put("rule", finding.rule())
          .put("severity", finding.severity().name())
          .put("object", finding.object())
          .put("message", finding.message())
          .put("remedy", finding.remedy());
    }
    return root;
  }

  /** Writes a report; the plan is a part of it. */
  public static ObjectNode of(MigrationReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", REPORT_SCHEMA);
    root.put("outcome", report.isComplete() ? "COMPLETED" : "FAILED");
    root.put(
        "overall", report.evaluation().map(evaluation -> evaluation.score().name()).orElse(null));
    Cycles evaluations = report.evaluations();
    root.put("stability", evaluations == null ? null : evaluations.stability().name());
    root.put("startedAt", report.startedAt().toString());
    root.put("durationMillis", report.duration().toMillis());
    root.put("machineId", report.machineId());
    root.put("sourceOutcome", report.sourceOutcome());
    HypervisorInfo source = report.sourceInfo();
    root.set("sourceHypervisor", source == null ? null : hypervisor(source));
    root.set("failure", failure(report.failure()));
    ArrayNode steps = root.putArray("steps");
    for (StepRecord step : report.steps()) {
      steps
          .addObject()
          .put("cycle", step.cycle())
          .put("number", step.step().number())
          .put("step", step.step().name())
          .put("title", step.step().title())
          .put("outcome", step.outcome().name())
          .put("detail", step.detail())
          .put("startedAt", step.startedAt().toString())
          .put("durationMillis", step.duration().toMillis());
    }
    ArrayNode cycles = root.putArray("cycles");
    report.cycles().forEach(cycle -> cycles.add(cycle(cycle)));
    ObjectNode versions = root.putObject("versions");
    report.versions().forEach(versions::put);
    root.set("plan", of(report.plan()));
    return root;
  }

  private static @Nullable ObjectNode failure(@Nullable Failure failure) {
    if (failure == null) {
      return null;
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("step", failure.step().name())
        .put("code", failure.code().name())
        .put("category", failure.code().category().name())
        .put("message", failure.cause().getMessage())
        .put("location", failure.cause().location().orElse(null))
        .put("aftermath", failure.aftermath());
  }

  private static ObjectNode cycle(CycleResult cycle) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cycle", cycle.cycle());
    ArrayNode disks = node.putArray("disks");
    for (DiskRecord disk : cycle.disks()) {
      disks
          .addObject()
          .put("key", disk.key())
          .put("route", disk.route())
          .put("capacityBytes", disk.capacityBytes())
          .put("bytesRead", disk.bytesRead())
          .put("bytesWritten", disk.bytesWritten())
          .put("sourceContentDigest", disk.sourceDigest())
          .put("targetContentDigest", disk.targetDigest())
          .put("identical", disk.isIdentical())
          .put("note", disk.note());
    }
    if (cycle.source() != null) {
      node.set("observations", ObservationsJson.write(cycle.source(), cycle.target()));
    } else {
      node.set("targetObservations", ObservationsJson.write(cycle.target()));
    }
    if (cycle.evaluation() != null) {
      node.set("evaluation", ObservationsJson.write(cycle.evaluation()));
    }
    ObjectNode tests = node.putObject("tests");
    TestRun source = cycle.sourceTests();
    tests.set("source", source == null ? null : TestRunJson.of(source));
    tests.set("target", TestRunJson.of(cycle.targetTests()));
    return node;
  }

  private static ArrayNode losses(MigrationPlan plan) {
    ArrayNode losses = JsonNodeFactory.instance.arrayNode();
    for (Loss loss : plan.losses()) {
      losses
          .addObject()
          .put("rule", loss.rule())
          .put("severity", loss.severity().name())
          .put("path", loss.path())
          .put("value", loss.value())
          .put("reason", loss.reason())
          .put("remedy", loss.remedy());
    }
    return losses;
  }

  private static ObjectNode route(Route route) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("route", route.explain());
    node.put("cost", route.cost());
    node.put("fidelity", route.fidelity().name());
    node.put("temporaryCopies", route.temporaryCopies());
    return node;
  }

  private static ObjectNode hypervisor(HypervisorInfo info) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("driver", info.driver())
        .put("product", info.product())
        .put("version", info.version())
        .put("reality", info.reality().name())
        .put("uri", info.uri());
  }

  /** Writes what plans and listings say of a machine; the definition itself is a descriptor. */
  public static ObjectNode of(MachineSpec spec) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", spec.name());
    node.put("cpus", spec.cpu() == null ? null : spec.cpu().count());
    node.put("memoryBytes", spec.memoryBytes());
    node.put("firmware", spec.firmware() == null ? null : spec.firmware().name());
    ArrayNode disks = node.putArray("disks");
    spec.disks()
        .forEach(
            disk ->
                disks
                    .addObject()
                    .put("key", disk.key())
                    .put("capacityBytes", disk.capacityBytes())
                    .put("bus", disk.bus() == null ? null : disk.bus().name()));
    ArrayNode nics = node.putArray("nics");
    spec.nics()
        .forEach(
            nic ->
                nics.addObject()
                    .put("key", nic.key())
                    .put("model", nic.model())
                    .put("network", nic.network())
                    .put("mac", nic.mac()));
    return node;
  }
}
