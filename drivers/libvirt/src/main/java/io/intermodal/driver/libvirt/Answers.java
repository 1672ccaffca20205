package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.Credentials;
import io.intermodal.hypervisor.Secret;
import java.util.Optional;
import org.libvirt.ConnectAuth;

/** Hands the questions of libvirt to the caller's {@link Credentials}. */
final class Answers extends ConnectAuth {

  private final Credentials credentials;
  private final LibvirtUri uri;

  Answers(Credentials credentials, LibvirtUri uri) {
    this.credentials = credentials;
    this.uri = uri;
    this.credType =
        new CredentialType[] {
          CredentialType.VIR_CRED_USERNAME,
          CredentialType.VIR_CRED_AUTHNAME,
          CredentialType.VIR_CRED_PASSPHRASE,
          CredentialType.VIR_CRED_ECHOPROMPT,
          CredentialType.VIR_CRED_NOECHOPROMPT,
          CredentialType.VIR_CRED_REALM
        };
  }

  /** Returns 0, or -1 when a question was refused, which ends the attempt to connect. */
  @Override
  public int callback(Credential[] questions) {
    for (Credential question : questions) {
      // The binding measures every result, also those of a refusal.
      question.result = "";
    }
    try {
      for (Credential question : questions) {
        Optional<Secret> answer =
            credentials.answer(
                new Credentials.Question(
                    kind(question.type),
                    question.prompt == null ? "" : question.prompt,
                    uri.shown()));
        if (answer.isEmpty()) {
          return -1;
        }
        question.result = answer.get().reveal();
      }
      return 0;
    } catch (RuntimeException e) {
      // This runs inside native code, through which no exception can pass.
      return -1;
    }
  }

  private static Credentials.Kind kind(CredentialType type) {
    return switch (type) {
      case VIR_CRED_USERNAME, VIR_CRED_AUTHNAME -> Credentials.Kind.USER;
      case VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT -> Credentials.Kind.PASSWORD;
      default -> Credentials.Kind.OTHER;
    };
  }
}
