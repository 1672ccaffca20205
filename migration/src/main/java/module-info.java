/** Moves or copies a machine: preflight, plan, steps, evaluation, report. */
module io.intermodal.migrate {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.base;
  requires transitive io.intermodal.hypervisor;
  requires transitive io.intermodal.convert;
  requires transitive io.intermodal.evaluator;
  requires transitive com.fasterxml.jackson.databind;
  requires com.jcraft.jsch;

  exports io.intermodal.migrate;
  exports io.intermodal.migrate.guest;
}
