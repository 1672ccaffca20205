package io.intermodal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at folders as a whole, to tell what a command left in them. */
final class Tree {

  private Tree() {}

  /** Returns every file and folder below with a digest of its bytes; empty when it is absent. */
  static SortedMap<String, String> of(Path folder) {
    SortedMap<String, String> tree = new TreeMap<>();
    for (Path path : below(folder)) {
      tree.put(folder.relativize(path).toString(), Files.isDirectory(path) ? "/" : digest(path));
    }
    return tree;
  }

  /** Returns what a command may not leave behind: machines, and anything that is half done. */
  static List<String> debris(Path folder) {
    return of(folder).keySet().stream()
        .filter(name -> !name.equals("hypervisor.json"))
        .filter(name -> !name.equals(".locks") && !name.equals(".locks/names.lock"))
        .toList();
  }

  private static List<Path> below(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> !path.equals(folder)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String digest(Path file) {
    try (var in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
