/**
 * TIOSA: observations of a machine on two hypervisors become scores, scores become a matrix. Needs
 * nothing but the JDK and talks to nothing.
 */
module io.intermodal.evaluator {
  requires static transitive org.jspecify;

  exports io.intermodal.evaluate;
  exports io.intermodal.evaluate.survey;
}
