package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.ErrorCategory;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Consumer;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Strictness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges packages as one kind of reader does: {@code Validator.strict().forConsumer(VMWARE)}.
 * Immutable and thread-safe.
 */
public final class Validator {

  private final Strictness strictness;
  private final @Nullable Consumer consumer;
  private final boolean descriptorOnly;

  private Validator(Strictness strictness, @Nullable Consumer consumer, boolean descriptorOnly) {
    this.strictness = strictness;
    this.consumer = consumer;
    this.descriptorOnly = descriptorOnly;
  }

  /** Returns one that minds only what no product takes. */
  public static Validator lenient() {
    return of(Strictness.LENIENT);
  }

  /** Returns one that minds what a careful vendor minds. */
  public static Validator strict() {
    return of(Strictness.STRICT);
  }

  /** Returns one for a kind of reader. */
  public static Validator of(Strictness strictness) {
    return new Validator(Objects.requireNonNull(strictness, "strictness"), null, false);
  }

  /** Returns one that says as well what a product would refuse or misread. */
  public Validator forConsumer(Consumer product) {
    return new Validator(strictness, Objects.requireNonNull(product, "product"), descriptorOnly);
  }

  /** Returns one that looks at the descriptor alone, for one without its files. */
  public Validator ofDescriptorOnly() {
    return new Validator(strictness, consumer, true);
  }

  /**
   * Judges one file. A file that cannot be read is refused in the answer; a file that is not there,
   * or a disk that fails, is an error.
   *
   * @throws CancelledException when asked to stop
   * @throws IntermodalException {@code FILE_NOT_FOUND}, {@code READ_FAILED}
   */
  public Validation validate(Path file, Progress.Listener listener, Cancellation cancellation) {
    try {
      OvfPackage pack = OvfPackage.open(file);
      pack.envelope().machines(null);
      List<Finding> all = new ArrayList<>();
      if (descriptorOnly) {
        all.addAll(pack.envelope().findings());
      } else {
        all.addAll(pack.findings());
        all.addAll(pack.verify(listener, cancellation).findings());
      }
      if (consumer != null) {
        all.addAll(
            descriptorOnly ? pack.envelope().findingsFor(consumer) : pack.findingsFor(consumer));
      }
      return new Validation(
          file, null, all.stream().map(f -> f.judged(strictness)).distinct().toList());
    } catch (CancelledException e) {
      throw e;
    } catch (IntermodalException e) {
      ErrorCategory category = e.code().category();
      boolean ofTheFile = category == ErrorCategory.USER_INPUT || category == ErrorCategory.LIMIT;
      if (!ofTheFile || e.code() == CommonError.FILE_NOT_FOUND) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      return new Validation(file, new Validation.Refusal(e.code(), message), List.of());
    }
  }
}
