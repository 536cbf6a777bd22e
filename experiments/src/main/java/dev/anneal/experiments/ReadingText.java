package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.data.table.TableOptions;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a file of a table is written, as options with texts, and back. */
public final class ReadingText {
  private static final String SEPARATOR = "separator";
  private static final String QUOTE = "quote";
  private static final String HEADER = "header";
  private static final String DECIMAL = "decimal";
  private static final String THOUSANDS = "thousands";
  private static final String COMMENT = "comment";
  private static final String ENCODING = "encoding";
  private static final String ROW_NAMES = "row-names";
  private static final String DAY_FIRST = "day-first";
  private static final String NA = "na";
  private static final String CATEGORIES = "categories";
  private static final String NUMBERS = "numbers";

  /** The names of these options. */
  static final List<String> KEYS =
      List.of(
          SEPARATOR,
          QUOTE,
          HEADER,
          DECIMAL,
          THOUSANDS,
          COMMENT,
          ENCODING,
          ROW_NAMES,
          DAY_FIRST,
          NA,
          CATEGORIES,
          NUMBERS);

  /** Letters that are hard to write in a line. */
  private static final Map<String, Character> NAMED =
      Map.of("tab", '\t', "\\t", '\t', "space", ' ', "comma", ',', "semicolon", ';', "bar", '|');

  private final SpecYaml options;

  private ReadingText(SpecYaml options) {
    this.options = options;
  }

  /**
   * Reads options.
   *
   * @param options texts by name; others than those of tables mean nothing here
   * @return what is known of the file; all else is noticed
   * @throws InputException if one has a wrong value
   */
  public static TableOptions parse(SpecYaml options) {
    ReadingText text = new ReadingText(options);
    return new TableOptions(
        text.letter(SEPARATOR),
        text.letter(QUOTE),
        text.flag(HEADER),
        text.letter(DECIMAL),
        text.letter(THOUSANDS),
        text.letter(COMMENT),
        text.value(ENCODING, "the name of an encoding, such as UTF-8", Charset::forName),
        text.flag(ROW_NAMES),
        text.flag(DAY_FIRST),
        Set.copyOf(options.values().getOrDefault(NA, List.of())),
        text.columns(CATEGORIES),
        text.columns(NUMBERS));
  }

  /** The options of one text, and those of another where the first has none. */
  static SpecYaml or(SpecYaml first, SpecYaml other) {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>(first.values());
    KEYS.stream()
        .filter(key -> other.values().containsKey(key))
        .forEach(key -> values.putIfAbsent(key, other.values().get(key)));
    return new SpecYaml(first.source(), values);
  }

  private <T> Optional<T> value(String key, String kind, Function<String, T> parse) {
    return options.values().getOrDefault(key, List.of()).stream()
        .findFirst()
        .map(text -> {
          try {
            return parse.apply(text);
          } catch (IllegalArgumentException e) {
            throw options.wrong(key, kind, text);
          }
        });
  }

  private Optional<Character> letter(String key) {
    return value(
        key,
        "one letter, or tab or space",
        text -> {
          Character named = NAMED.get(text);
          if (named == null && text.length() != 1) {
            throw new IllegalArgumentException();
          }
          return named == null ? (Character) text.charAt(0) : named;
        });
  }

  private Optional<Boolean> flag(String key) {
    return value(
        key,
        "yes or no",
        text ->
            switch (text) {
              case "yes", "true" -> true;
              case "no", "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  private Set<String> columns(String key) {
    return options.values().getOrDefault(key, List.of()).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  static void print(TableOptions reading, SequencedMap<String, Object> options) {
    letter(SEPARATOR, reading.separator(), options);
    letter(QUOTE, reading.quote(), options);
    reading.header().ifPresent(is -> options.put(HEADER, is));
    letter(DECIMAL, reading.decimal(), options);
    letter(THOUSANDS, reading.thousands(), options);
    letter(COMMENT, reading.comment(), options);
    reading.encoding().ifPresent(charset -> options.put(ENCODING, charset.name()));
    reading.rowNames().ifPresent(is -> options.put(ROW_NAMES, is));
    reading.dayFirst().ifPresent(is -> options.put(DAY_FIRST, is));
    names(NA, reading.missing(), options);
    names(CATEGORIES, reading.texts(), options);
    names(NUMBERS, reading.numbers(), options);
  }

  private static void letter(
      String key, Optional<Character> letter, SequencedMap<String, Object> options) {
    letter.ifPresent(
        mark -> options.put(key, mark == '\t' ? "tab" : mark == ' ' ? "space" : mark.toString()));
  }

  private static void names(String key, Set<String> names, SequencedMap<String, Object> options) {
    if (!names.isEmpty()) {
      options.put(key, names.stream().sorted().toList());
    }
  }
}
