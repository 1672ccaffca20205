package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads what is in the files of a package. */
final class PackageContent {

  private final OvfPackage pack;

  PackageContent(OvfPackage pack) {
    this.pack = pack;
  }

  /** Reads a file of texts; empty when it is not in the package. */
  Optional<byte[]> text(FileReference reference) {
    String href = reference.href();
    if (href == null || !pack.file(href).filter(PackageFile::complete).isPresent()) {
      return Optional.empty();
    }
    try (InputStream in = open(href, true)) {
      byte[] bytes = in.readNBytes((int) OvfPackage.MOST_DESCRIPTOR + 1);
      if (bytes.length > OvfPackage.MOST_DESCRIPTOR) {
        throw new IntermodalException(
            OvfError.PACKAGE_LIMIT,
            "cannot read "
                + href
                + ": a file of texts may have "
                + OvfPackage.MOST_DESCRIPTOR
                + " bytes",
            href,
            null);
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      throw Errors.reading(pack.path(), e);
    }
  }

  /** Opens a file as {@link OvfPackage#openFile} says. */
  InputStream open(String href, boolean unpack) {
    PackageFile file = pack.file(href).orElse(null);
    if (file == null || !file.complete()) {
      boolean unsafe = file != null && Hrefs.unsafe(href);
      throw new IntermodalException(
          unsafe ? OvfError.NAME_UNSAFE : OvfError.FILE_MISSING,
          "cannot open "
              + href
              + " of "
              + pack.path()
              + ": "
              + (unsafe ? "it is outside of the package" : "it is not in the package"),
          href,
          null);
    }
    InputStream raw = new BufferedInputStream(new RangeInputStream(file.ranges()), 1 << 16);
    if (!unpack || !file.gzip()) {
      return raw;
    }
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      closeQuietly(raw);
      throw new IntermodalException(
          OvfError.COMPRESSION,
          "cannot open " + href + " of " + pack.path() + ": it is said to be gzip data and is not",
          href,
          e);
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // The error that led here says more.
    }
  }

  /** Compares a file with the manifest as {@link OvfPackage#requireIntact} says. */
  void requireIntact(StoredFile file) {
    for (Manifest.Entry entry : pack.digestsOf(file)) {
      MessageDigest digest = entry.algorithm().digest();
      try (InputStream in = new RangeInputStream(List.of(file.range()))) {
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      } catch (IOException e) {
        throw Errors.reading(file.range().path(), e);
      }
      if (!entry.digest().equals(HexFormat.of().formatHex(digest.digest()))) {
        throw new IntermodalException(
            OvfError.DIGEST_MISMATCH,
            "cannot trust "
                + pack.path()
                + ": "
                + file.name()
                + " is not the file the manifest was made for, its "
                + entry.algorithm()
                + " differs; get the whole package again",
            file.name(),
            null);
      }
    }
  }
}
