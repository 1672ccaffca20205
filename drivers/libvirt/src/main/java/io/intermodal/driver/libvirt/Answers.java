package io.intermodal.driver.libvirt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.intermodal.hypervisor.Credentials;
import io.intermodal.hypervisor.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.ConnectAuth;
import org.libvirt.jna.virConnectCredential;

/**
 * Hands the questions of libvirt to the caller's {@link Credentials}. The binding's own callback
 * gives libvirt memory that Java frees as well, which ends the process at the next collection; this
 * one gives it memory of its own, as libvirt frees what it was answered.
 */
final class Answers extends ConnectAuth {

  /** What {@code virConnectCredential} looks like with pointers of 64 bits. */
  private static final int SIZE = 48;

  private static final int TYPE = 0;
  private static final int PROMPT = 8;
  private static final int RESULT = 32;
  private static final int RESULT_LENGTH = 40;

  private static final int MOST_QUESTIONS = 64;

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
  public int authCallback(virConnectCredential first, int count, @Nullable Pointer data) {
    // Or it would be written back, and its answer with it.
    first.setAutoSynch(false);
    try {
      if (count < 0 || count > MOST_QUESTIONS) {
        return -1;
      }
      Pointer questions = first.getPointer();
      List<byte[]> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Optional<Secret> answer = credentials.answer(question(questions, (long) i * SIZE));
        if (answer.isEmpty()) {
          return -1;
        }
        answers.add(answer.get().reveal().getBytes(StandardCharsets.UTF_8));
      }
      for (int i = 0; i < count; i++) {
        give(questions, (long) i * SIZE, answers.get(i));
      }
      return 0;
    } catch (RuntimeException e) {
      // This runs inside native code, through which no exception can pass.
      return -1;
    }
  }

  private Credentials.Question question(Pointer questions, long at) {
    Pointer prompt = questions.getPointer(at + PROMPT);
    return new Credentials.Question(
        kind(questions.getInt(at + TYPE)),
        prompt == null ? "" : prompt.getString(0, StandardCharsets.UTF_8.name()),
        uri.shown());
  }

  private static void give(Pointer questions, long at, byte[] answer) {
    Pointer memory = new Pointer(Native.malloc(answer.length + 1L));
    memory.write(0, answer, 0, answer.length);
    memory.setByte(answer.length, (byte) 0);
    Arrays.fill(answer, (byte) 0);
    questions.setPointer(at + RESULT, memory);
    questions.setInt(at + RESULT_LENGTH, answer.length);
  }

  /** Is never called: the other callback asks. */
  @Override
  public int callback(Credential[] questions) {
    return -1;
  }

  private static Credentials.Kind kind(int type) {
    return switch (CredentialType.mapFromInt(type)) {
      case VIR_CRED_USERNAME, VIR_CRED_AUTHNAME -> Credentials.Kind.USER;
      case VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT -> Credentials.Kind.PASSWORD;
      default -> Credentials.Kind.OTHER;
    };
  }
}
