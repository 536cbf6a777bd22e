package dev.anneal.cli.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An input that is too large to lie among the seeds: a part again and again.
 *
 * @param name what it is called in messages
 * @param head what comes first
 * @param part what is repeated
 * @param times how often
 * @param tail what comes last
 */
record Bomb(String name, String head, String part, int times, String tail) {
  private static final int MANY = 1_000_000;

  /** More than a process with 64 MB can hold twice. */
  private static final int HUGE = 20 * MANY;

  private static final List<Bomb> NOTATION =
      List.of(
          new Bomb("parentheses", "", "(", MANY, ""),
          new Bomb("names with parentheses", "", "a(", MANY, ""),
          new Bomb("brackets", "", "[", MANY, ""),
          new Bomb("quotes", "", "\"", MANY, ""),
          new Bomb("a long name", "", "a", MANY, ""),
          new Bomb("a long name with parameters", "", "a", MANY, "(1)"),
          new Bomb("a long number", "", "9", MANY, ""),
          new Bomb("nearly a long number", "", "9", MANY, "x"),
          new Bomb("a long whole number", "plateau(0.1, patience=", "9", MANY, ")"),
          new Bomb("a long name of a parameter", "plateau(0.1, a", "a", MANY, "=1)"),
          new Bomb("nearly a length", "cosine(0.1, over=\"1", " ", MANY, "x\") per epoch"),
          new Bomb("a long list", "sum([", "1,", MANY / 10, "1])"),
          new Bomb("a long list of values", "piecewise-constant([", "1,", MANY / 10, "1])"),
          new Bomb("a long list of times", "multi-step(1, at=[", "1ep,", MANY / 10, "1ep])"),
          new Bomb("a long formula", "formula(\"", "1+", MANY, "1\") per epoch"),
          new Bomb("clauses", "sgd;", "a: sgd;", MANY / 100, "a: sgd"));

  /** Some for a reader. */
  static List<Bomb> of(Reader reader) {
    return switch (reader) {
      case CSV, TABLE ->
          List.of(
              new Bomb("a field without end", "1,\"", "a", HUGE, ""),
              new Bomb("a long number", "", "9", MANY, ",a\n"),
              new Bomb("nearly a long number", "1,b\n", "9", MANY, "x,a\n"),
              new Bomb("columns", "", "1,", MANY, "\n"),
              new Bomb("rows", "", "1,a\n", MANY / 10, ""),
              new Bomb("blank lines", "", "\n", MANY, ""));
      case METRICS, PIPELINE ->
          List.of(
              new Bomb("a long number", "{\"a\":", "9", MANY, "}"),
              new Bomb("a text without end", "{\"a\":\"", "a", HUGE / 4, ""),
              new Bomb("brackets", "", "[", MANY, ""));
      case METRICS_CSV ->
          List.of(
              new Bomb("a field without end", "a\n\"", "1", HUGE, ""),
              new Bomb("nearly a long number", "a\n", "9", MANY, "x\n"));
      case SAVED ->
          List.of(
              new Bomb(
                  "a long number", "{\"gamma\":1,\"base_lrs\":[1],\"step_size\":", "9", MANY, "}"),
              new Bomb("a long name", "{\"", "a", MANY, "\":1}"),
              new Bomb("brackets", "{\"a\":", "[", MANY, ""),
              new Bomb("milestones", milestones(), "", 0, ""),
              new Bomb(
                  "schedules in schedules",
                  "",
                  "{\"last_epoch\":1,\"_milestones\":[1],\"_schedulers\":[",
                  400,
                  ""));
      case EXPERIMENT ->
          List.of(
              new Bomb("a long number", "epochs: ", "9", MANY, ""),
              new Bomb("brackets", "", "[", MANY, ""),
              new Bomb("dashes", "", "- ", MANY / 10, ""),
              new Bomb("maps", "", "{a: ", MANY / 10, ""),
              new Bomb("options", "", "a: 1\n", MANY / 4, ""),
              new Bomb("a long name", "", "a", MANY, ": 1"),
              new Bomb("question marks", "", "? ", MANY / 10, ""),
              new Bomb("anchors", "", "&a ", MANY / 10, ""),
              new Bomb("spaces", "a:", " ", MANY, "1"));
      case SCHEDULE, OPTIMIZER, LIST, GROUPS, ARCHITECTURE -> NOTATION;
      case CHANGE -> List.of(new Bomb("changes", "", "lr=1,", MANY / 10, "lr=1"));
      case PERCEPTRON -> List.of(new Bomb("layers", "", "1-", MANY / 10, "1"));
      case INITIALIZER -> List.of(new Bomb("letters", "", "a", MANY, ""));
      case DURATION ->
          List.of(
              new Bomb("spaces", "1", " ", MANY, "x"),
              new Bomb("nearly a number", "", "9", MANY, "x"),
              new Bomb("a long number", "", "9", MANY, "ep"));
      case SAFETENSORS_LINE ->
          List.of(
              new Bomb(
                  "extents", "{\"a\":{\"dtype\":\"U8\",\"shape\":[", "1,", MANY / 10, "0]}}\n"),
              new Bomb("brackets", "{\"a\":", "[", MANY, ""),
              new Bomb("a long name", "{\"", "a", MANY, "\":1}\n"));
      case PACKED_IDX ->
          List.of(
              new Bomb("zeros announced", idx(HUGE), "\0", HUGE, ""),
              new Bomb("zeros behind the end", idx(1), "\0", HUGE, ""));
      case IDX, SAFETENSORS -> List.of();
    };
  }

  /** A hundred thousand, each a thousand times. */
  private static String milestones() {
    return IntStream.range(0, MANY / 10)
        .mapToObj(i -> "\"" + i + "\":999999999")
        .collect(
            Collectors.joining(
                ",", "{\"last_epoch\":1,\"gamma\":1,\"base_lrs\":[1],\"milestones\":{", "}}"));
  }

  /** The head of training images of one pixel, behind the byte that chooses the file. */
  private static String idx(int images) {
    byte[] head =
        ByteBuffer.allocate(17)
            .put((byte) 0)
            .putInt(0x803)
            .putInt(images)
            .putInt(1)
            .putInt(1)
            .array();
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  byte[] bytes() {
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] each = part.getBytes(StandardCharsets.ISO_8859_1);
    byte[] last = tail.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer all = ByteBuffer.allocate(first.length + times * each.length + last.length);
    all.put(first);
    for (int i = 0; i < times; i++) {
      all.put(each);
    }
    return all.put(last).array();
  }
}
