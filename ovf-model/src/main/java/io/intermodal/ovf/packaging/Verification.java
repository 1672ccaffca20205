package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Finding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the files of a package are those that its manifest was made for.
 *
 * @param verified true only if there is a manifest with at least one entry, every line of it was
 *     understood, every file that it lists is there and has the digests listed, and every file that
 *     the descriptor refers to inside the package is there, is listed, and has the size the
 *     descriptor states, if it states one. The descriptor itself, and members that it does not
 *     refer to, may be unlisted: that is a finding only, unless other readers may take a member for
 *     a listed one, as those without letter case do. Files at URLs are not looked at. A signature
 *     is not part of this: see {@code accepted}
 * @param accepted whether the package may be taken: it is {@code verified}, its signature is
 *     neither broken nor uncheckable, and where the policy asks for one, it satisfies the policy
 *     and covers the descriptor; no other descriptor is there that it does not cover, and nothing
 *     follows the end of the archive
 * @param manifestPresent whether there is a manifest
 * @param algorithm the digest of the manifest's first entry; null without one
 * @param files one result for each stored file in order: the descriptor, what it refers to, other
 *     members, then names that are listed only
 * @param unlisted the names of files in the package that the manifest does not list: no digest and
 *     no signature covers them
 * @param signature what the signature is worth
 * @param findings why files are not {@code OK}, and what else is remarkable
 */
public record Verification(
    boolean verified,
    boolean accepted,
    boolean manifestPresent,
    @Nullable DigestAlgorithm algorithm,
    List<FileResult> files,
    List<String> unlisted,
    SignatureResult signature,
    List<Finding> findings) {

  /** Tells the outcome for one file. */
  public enum Status {
    /** Listed, and every digest matches. */
    OK,
    /** Listed with a digest that does not match. */
    MISMATCH,
    /** Listed or referred to, and not there. */
    MISSING,
    /** There, and not listed. */
    UNLISTED,
    /** The size is not what the descriptor states; digests do not contradict, or there are none. */
    SIZE_MISMATCH,
    /** Listed with a digest that was not computed while the file went by in a stream. */
    UNCHECKED
  }

  /** Holds the outcome for one file. */
  public record FileResult(String name, Status status) {

    /** Validates the parts. */
    public FileResult {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(status, "status");
    }
  }

  /** Copies the lists. */
  public Verification {
    files = List.copyOf(files);
    unlisted = List.copyOf(unlisted);
    Objects.requireNonNull(signature, "signature");
    findings = List.copyOf(findings);
  }
}
