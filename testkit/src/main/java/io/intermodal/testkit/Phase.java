package io.intermodal.testkit;

/**
 * Orders the tests so that the shared machine boots as seldom as can be: what needs it stopped,
 * then running, then at rest, and what stops it last.
 */
final class Phase {

  static final int DECLARED = 100;
  static final int MADE_AND_GONE = 200;
  static final int STOPPED = 300;
  static final int STARTED = 400;
  static final int RUNNING_CHANGES = 450;
  static final int PAUSED = 500;
  static final int SUSPENDED = 600;
  static final int REBOOTED = 650;
  static final int ENDED = 700;
  static final int HEARD = 900;

  private Phase() {}
}
