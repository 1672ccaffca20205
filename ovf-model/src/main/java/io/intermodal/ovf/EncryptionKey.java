package io.intermodal.ovf;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a key of an EncryptionSection by what is public of it (2.x, W3C XML Encryption 1.1).
 * The key material, encrypted as it may be, stays in the tree.
 *
 * @param id null when absent
 * @param algorithm the URI of the derivation or of the encryption of the key; null when absent
 * @param name the name of the derived or carried key; null when absent
 * @param recipient whom it is for; null when absent
 * @param references URIs of what is encrypted with it, as {@code #id} or {@code ovf:/file/id}
 */
public record EncryptionKey(
    Kind kind,
    @Nullable String id,
    @Nullable String algorithm,
    @Nullable String name,
    @Nullable String recipient,
    List<String> references) {

  /** Tells how a consumer gets the key. */
  public enum Kind {
    /** {@code xenc11:DerivedKey}: from a pass phrase. */
    DERIVED,
    /** {@code xenc:EncryptedKey}: by decrypting it with another key. */
    ENCRYPTED
  }

  /** Copies the list. */
  public EncryptionKey {
    Objects.requireNonNull(kind, "kind");
    references = List.copyOf(references);
  }
}
