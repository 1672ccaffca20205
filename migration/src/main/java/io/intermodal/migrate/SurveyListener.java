package io.intermodal.migrate;

/** Is told how a survey goes; what it throws is logged and changes nothing. */
public interface SurveyListener extends MigrationListener {

  /**
   * Is told that a cycle begins.
   *
   * @param route the route in words
   * @param cycles how many there will be of this route
   */
  default void cycleStarted(String from, String to, String route, int cycle, int cycles) {}

  /** Is told how a cycle ended. */
  default void cycleEnded(SurveyCycle cycle) {}

  /** Is told that a cycle was done by an earlier run and is not done again. */
  default void cycleKept(SurveyCycle cycle) {}

  /** Is told of something that people should know and that ends nothing. */
  default void remark(String text) {}

  /** Returns one that ignores everything. */
  static SurveyListener ignoring() {
    return new SurveyListener() {};
  }
}
