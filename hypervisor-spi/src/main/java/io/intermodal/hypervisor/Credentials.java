package io.intermodal.hypervisor;

import java.util.Objects;
import java.util.Optional;

/**
 * Answers what a hypervisor asks before it lets anybody in. It is asked while a session is opened,
 * and again when a lost one is, by any thread.
 */
@FunctionalInterface
public interface Credentials {

  /** Names what is asked for. */
  enum Kind {
    /** The name of a user. */
    USER,
    /** A password or passphrase. */
    PASSWORD,
    /** Something else; the prompt says what. */
    OTHER
  }

  /**
   * Is one question.
   *
   * @param kind what is asked for
   * @param prompt the hypervisor's words
   * @param hypervisor URI of the hypervisor
   */
  record Question(Kind kind, String prompt, String hypervisor) {
    /** Validates that all parts are there. */
    public Question {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(prompt, "prompt");
      Objects.requireNonNull(hypervisor, "hypervisor");
    }
  }

  /** Answers a question; empty refuses, and the connection fails. */
  Optional<Secret> answer(Question question);

  /** Returns credentials that know no answer. */
  static Credentials none() {
    return question -> Optional.empty();
  }
}
