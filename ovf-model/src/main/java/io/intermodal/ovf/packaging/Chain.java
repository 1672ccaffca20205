package io.intermodal.ovf.packaging;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is what was found of the way from a signer to a trust anchor.
 *
 * @param path the signer first, the anchor last when {@code anchored}; else the signer alone
 * @param anchored whether the path leads to an anchor and every rule but the dates holds
 * @param validity how the path's dates stand to the moment of the check
 * @param reason why it is not anchored; null when it is
 */
record Chain(
    List<X509Certificate> path,
    boolean anchored,
    SignatureFacts.Validity validity,
    @Nullable String reason) {

  Chain {
    path = List.copyOf(path);
  }
}
