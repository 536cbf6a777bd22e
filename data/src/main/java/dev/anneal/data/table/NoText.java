package dev.anneal.data.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What a file is that has bytes of 0, by how it begins. */
enum NoText {
  ZIP("PK\3\4", "a zip archive, as .xlsx and .ods are"),
  OLE(
      "\u00d0\u00cf\u0011\u00e0",
      "a workbook or document of Microsoft Office before 2007, as .xls is"),
  PARQUET("PAR1", "Parquet");

  private static final int LONGEST = 4;

  private final String start;
  private final String kind;

  NoText(String start, String kind) {
    this.start = start;
    this.kind = kind;
  }

  /** What it is, and what to do about it. */
  static String of(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(LONGEST, bytes.length), ISO_8859_1);
    return Arrays.stream(values())
        .filter(each -> start.startsWith(each.start))
        .findFirst()
        .map(each -> each.kind + "; save the table as CSV in UTF-8")
        .orElseGet(() -> "not a table of text; it has bytes of 0; " + letters(bytes));
  }

  /** Of a text in a language with an alphabet most letters of two bytes have a zero as one. */
  private static String letters(byte[] bytes) {
    long even = zeros(bytes, 0);
    long odd = zeros(bytes, 1);
    return 4 * Math.max(even, odd) < bytes.length || 10 * Math.min(even, odd) > Math.max(even, odd)
        ? "save it as CSV in UTF-8, or name its --encoding"
        : "it looks like --encoding " + (odd > even ? "UTF-16LE" : "UTF-16BE");
  }

  private static long zeros(byte[] bytes, int first) {
    return IntStream.iterate(first, at -> at < bytes.length, at -> at + 2)
        .filter(at -> bytes[at] == 0)
        .count();
  }
}
