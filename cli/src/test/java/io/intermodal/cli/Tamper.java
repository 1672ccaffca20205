package io.intermodal.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Damages packages in place, as transport or an attacker would. */
final class Tamper {

  private static final int TAR_BLOCK = 512;
  private static final int TAR_NAME = 100;
  private static final int TAR_CHECKSUM_AT = 148;
  private static final int TAR_CHECKSUM_LENGTH = 8;

  private Tamper() {}

  /** Cuts a file to a share of its length. */
  static void truncate(Path file, double share) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength((long) (open.length() * share));
    }
  }

  /** Changes the first digit of the digest that the manifest inside an archive has for a file. */
  static void changeListedDigest(Path ova, String name) throws IOException {
    String line = "SHA256(" + name + ")= ";
    long at = find(ova, line) + line.length();
    try (RandomAccessFile open = new RandomAccessFile(ova.toFile(), "rw")) {
      open.seek(at);
      int digit = open.read();
      open.seek(at);
      open.write(digit == '0' ? '1' : '0');
    }
  }

  /** Puts a text in the place of another of the same length, where it occurs first. */
  static void replace(Path file, String old, String replacement) throws IOException {
    if (old.length() != replacement.length()) {
      throw new IllegalArgumentException("not of the same length: " + replacement);
    }
    long at = find(file, old);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      open.write(replacement.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Changes one bit. */
  static void flipBit(Path file, long at) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int value = open.read();
      open.seek(at);
      open.write(value ^ 1);
    }
  }

  /** Gives a member of an archive another name, with a header that is right otherwise. */
  static void renameMember(Path ova, String name, String newName) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(ova.toFile(), "rw")) {
      byte[] header = new byte[TAR_BLOCK];
      for (long at = 0; at < open.length(); at += TAR_BLOCK) {
        open.seek(at);
        open.readFully(header);
        if (!text(header, 0, TAR_NAME).equals(name) || !text(header, 257, 5).equals("ustar")) {
          continue;
        }
        Arrays.fill(header, 0, TAR_NAME, (byte) 0);
        byte[] bytes = newName.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, 0, bytes.length);
        Arrays.fill(header, TAR_CHECKSUM_AT, TAR_CHECKSUM_AT + TAR_CHECKSUM_LENGTH, (byte) ' ');
        int sum = 0;
        for (byte one : header) {
          sum += one & 0xff;
        }
        byte[] checksum = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, header, TAR_CHECKSUM_AT, checksum.length);
        open.seek(at);
        open.write(header);
        return;
      }
    }
    throw new IllegalArgumentException("no member " + name);
  }

  private static String text(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.UTF_8).split("\0", 2)[0];
  }

  private static long find(Path file, String text) throws IOException {
    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int at = content.indexOf(text);
    if (at < 0) {
      throw new IllegalArgumentException("not in the file: " + text);
    }
    return at;
  }
}
