package dev.anneal.data.table;

import dev.anneal.api.InputException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of a file before it is read; all else is noticed.
 *
 * @param separator between two fields
 * @param quote around a field that has separators or line ends in it
 * @param header whether the first line of the table names the columns
 * @param decimal point or comma
 * @param thousands between groups of three digits; any space stands for all of them
 * @param comment what a line begins with that is left out
 * @param encoding its letters
 * @param rowNames whether the first column names the rows
 * @param dayFirst whether days are written as {@code 31/12/2020}, else as {@code 12/31/2020}; a
 *     column with others is one of texts
 * @param missing texts that stand for a missing value, besides the usual
 * @param texts columns that are categories, even if they look like numbers or days; a name that no
 *     column has is ignored
 * @param numbers columns that must be numbers, likewise
 */
public record TableOptions(
    Optional<Character> separator,
    Optional<Character> quote,
    Optional<Boolean> header,
    Optional<Character> decimal,
    Optional<Character> thousands,
    Optional<Character> comment,
    Optional<Charset> encoding,
    Optional<Boolean> rowNames,
    Optional<Boolean> dayFirst,
    Set<String> missing,
    Set<String> texts,
    Set<String> numbers) {
  /** Everything is noticed. */
  public static final TableOptions NONE = new Builder().build();

  /**
   * Checks the marks and copies the sets.
   *
   * @throws InputException if two marks are the same letter or one is the end of a line
   */
  public TableOptions {
    List<Character> marks = Stream.of(separator, quote, comment).flatMap(Optional::stream).toList();
    if (Set.copyOf(marks).size() < marks.size() || marks.contains('\n') || marks.contains('\r')) {
      throw new InputException(
          "--separator, --quote and --comment must be different letters and no ends of lines");
    }
    if (decimal.isPresent() && decimal.equals(thousands)) {
      throw new InputException("--decimal and --thousands must be different letters");
    }
    if (decimal.filter(mark -> mark != '.' && mark != ',').isPresent()) {
      throw new InputException("--decimal must be a point or a comma");
    }
    missing = Set.copyOf(missing);
    texts = Set.copyOf(texts);
    numbers = Set.copyOf(numbers);
    if (texts.stream().anyMatch(numbers::contains)) {
      throw new InputException("a column cannot be of both --categories and --numbers");
    }
  }

  /**
   * The same with other columns that are categories.
   *
   * @param columns their names
   * @return a copy
   */
  public TableOptions withTexts(Set<String> columns) {
    return new Builder(this).texts(columns).build();
  }

  /**
   * The same with marks of numbers.
   *
   * @param point before decimals
   * @param groups between thousands
   * @return a copy
   */
  public TableOptions withMarks(char point, char groups) {
    return new Builder(this).decimal(point).thousands(groups).build();
  }

  /**
   * Says what is known, one after the other.
   *
   * @return a builder that knows nothing yet
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what is known, one after the other. */
  public static final class Builder {
    private Optional<Character> separator = Optional.empty();
    private Optional<Character> quote = Optional.empty();
    private Optional<Boolean> header = Optional.empty();
    private Optional<Character> decimal = Optional.empty();
    private Optional<Character> thousands = Optional.empty();
    private Optional<Character> comment = Optional.empty();
    private Optional<Charset> encoding = Optional.empty();
    private Optional<Boolean> rowNames = Optional.empty();
    private Optional<Boolean> dayFirst = Optional.empty();
    private Set<String> missing = Set.of();
    private Set<String> texts = Set.of();
    private Set<String> numbers = Set.of();

    private Builder() {}

    private Builder(TableOptions known) {
      separator = known.separator;
      quote = known.quote;
      header = known.header;
      decimal = known.decimal;
      thousands = known.thousands;
      comment = known.comment;
      encoding = known.encoding;
      rowNames = known.rowNames;
      dayFirst = known.dayFirst;
      missing = known.missing;
      texts = known.texts;
      numbers = known.numbers;
    }

    /**
     * Sets {@link TableOptions#separator()}.
     *
     * @param value between two fields
     * @return this
     */
    public Builder separator(char value) {
      separator = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#quote()}.
     *
     * @param value around a field that has separators or line ends in it
     * @return this
     */
    public Builder quote(char value) {
      quote = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#header()}.
     *
     * @param value whether the first line of the table names the columns
     * @return this
     */
    public Builder header(boolean value) {
      header = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#decimal()}.
     *
     * @param value point or comma
     * @return this
     */
    public Builder decimal(char value) {
      decimal = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#thousands()}.
     *
     * @param value between groups of three digits
     * @return this
     */
    public Builder thousands(char value) {
      thousands = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#comment()}.
     *
     * @param value what a line begins with that is left out
     * @return this
     */
    public Builder comment(char value) {
      comment = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#encoding()}.
     *
     * @param value its letters
     * @return this
     */
    public Builder encoding(Charset value) {
      encoding = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#rowNames()}.
     *
     * @param value whether the first column names the rows
     * @return this
     */
    public Builder rowNames(boolean value) {
      rowNames = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#dayFirst()}.
     *
     * @param value whether days are written as {@code 31/12/2020}
     * @return this
     */
    public Builder dayFirst(boolean value) {
      dayFirst = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link TableOptions#missing()}.
     *
     * @param value texts that stand for a missing value, besides the usual
     * @return this
     */
    public Builder missing(Set<String> value) {
      missing = value;
      return this;
    }

    /**
     * Sets {@link TableOptions#texts()}.
     *
     * @param value columns that are categories, even if they look like numbers or days
     * @return this
     */
    public Builder texts(Set<String> value) {
      texts = value;
      return this;
    }

    /**
     * Sets {@link TableOptions#numbers()}.
     *
     * @param value columns that must be numbers, likewise
     * @return this
     */
    public Builder numbers(Set<String> value) {
      numbers = value;
      return this;
    }

    /**
     * Makes the options.
     *
     * @return what was said
     * @throws InputException if it contradicts itself
     */
    public TableOptions build() {
      return new TableOptions(
          separator, quote, header, decimal, thousands, comment, encoding, rowNames, dayFirst,
          missing, texts, numbers);
    }
  }
}
