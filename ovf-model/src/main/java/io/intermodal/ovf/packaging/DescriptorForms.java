package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.internal.Hrefs;
import java.util.Map;
import java.util.Objects;

/** Checks that a descriptor states the forms that files were stored in. */
final class DescriptorForms {

  private DescriptorForms() {}

  static void require(byte[] descriptor, Map<String, StoredForm> forms) {
    Envelope envelope = Envelope.read("the descriptor", descriptor);
    forms.forEach(
        (name, form) -> {
          FileReference reference =
              envelope.files().stream()
                  .filter(f -> f.href() != null && names(f.href(), name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException("the descriptor does not refer to " + name));
          if (!Objects.equals(reference.chunkSizeBytes(), form.chunkSizeBytes())) {
            throw new IllegalArgumentException(
                name
                    + " was stored with chunkSize "
                    + form.chunkSizeBytes()
                    + " and the descriptor states "
                    + reference.chunkSizeBytes());
          }
          if (reference.gzip() != form.gzip()) {
            throw new IllegalArgumentException(
                name
                    + " was stored "
                    + (form.gzip() ? "with gzip" : "without compression")
                    + " and the descriptor states "
                    + reference.compression());
          }
        });
  }

  static boolean names(String href, String name) {
    return Hrefs.normal(href).equals(name) || Hrefs.normal(Hrefs.decoded(href)).equals(name);
  }
}
