package io.intermodal.ovf.packaging;

import io.intermodal.Cancellation;
import io.intermodal.Errors;
import io.intermodal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Computes digests by reading each file once for all of them. */
final class ReadDigests implements FileDigests {

  private static final int BUFFER = 1 << 18;

  private final Progress.Listener listener;
  private final Cancellation cancellation;
  private long done;

  ReadDigests(Progress.Listener listener, Cancellation cancellation) {
    this.listener = listener;
    this.cancellation = cancellation;
  }

  @Override
  public Map<String, Map<DigestAlgorithm, String>> of(
      Map<StoredFile, Set<DigestAlgorithm>> wanted) {
    long total = wanted.keySet().stream().mapToLong(f -> f.range().length()).sum();
    Map<String, Map<DigestAlgorithm, String>> all = new HashMap<>();
    wanted.forEach((file, algorithms) -> all.put(file.name(), digest(file, algorithms, total)));
    return all;
  }

  private Map<DigestAlgorithm, String> digest(
      StoredFile file, Set<DigestAlgorithm> algorithms, long total) {
    DigestSet digests = new DigestSet(algorithms);
    String task = "verify " + file.name();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = ReadAheadStream.of(file.range())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        cancellation.check(task);
        digests.update(buffer, 0, n);
        done += n;
        listener.progress(Progress.of(task, done, total));
      }
    } catch (IOException e) {
      throw Errors.reading(file.range().path(), e);
    }
    return digests.hex();
  }
}
