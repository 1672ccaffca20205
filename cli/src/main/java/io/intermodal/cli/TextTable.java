package io.intermodal.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows in aligned columns; the last column takes what it needs. */
final class TextTable {

  private static final String GAP = "  ";

  private final Console console;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(Console console, String... headings) {
    this.console = console;
    this.headings = List.of(headings);
  }

  /** Adds a row; an absent cell is printed as a dash. */
  TextTable row(@Nullable Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> cell == null ? "-" : plain(cell)).toList());
    return this;
  }

  /** A line end or an escape sequence in a name would break the table, or the terminal. */
  private static String plain(Object cell) {
    return cell.toString().replaceAll("\\p{Cntrl}+", " ");
  }

  void print() {
    int[] widths = new int[headings.size()];
    measure(widths, headings);
    rows.forEach(row -> measure(widths, row));
    PrintWriter out = console.out();
    out.println(console.bold(line(widths, headings, false)));
    rows.forEach(row -> out.println(line(widths, row, true)));
  }

  private static void measure(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).codePointCount(0, cells.get(i).length()));
    }
  }

  private String line(int[] widths, List<String> cells, boolean toned) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(toned ? console.toned(cell) : cell);
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()))).append(GAP);
      }
    }
    return line.toString();
  }
}
