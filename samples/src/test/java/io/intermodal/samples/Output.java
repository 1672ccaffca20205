package io.intermodal.samples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Collects what a program prints. */
final class Output {

  private Output() {}

  /** A program that may end in any exception. */
  @FunctionalInterface
  interface Program {
    void run() throws Exception;
  }

  static String of(Program program) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream collecting = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(collecting);
      program.run();
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
