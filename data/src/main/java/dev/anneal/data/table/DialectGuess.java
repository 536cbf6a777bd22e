package dev.anneal.data.table;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Notices how a file writes a table, from its first lines. */
final class DialectGuess {
  /** As much as is looked at; more where lines are long, until there are a few. */
  private static final int BYTES = 1 << 18;

  private static final int MOST = 1 << 22;
  private static final int LINES = 3;

  private static final int RECORDS = 200;

  /** Of two that divide all lines alike the first: a comma beside semicolons is a decimal one. */
  private static final List<Character> SEPARATORS = List.of(';', ',', '\t', '|', ' ');

  private static final Pattern EXCEL = Pattern.compile("sep=(.)\\R", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}([. '\u2019\u00a0\u202f]\\d{3})+),\\d+");
  private static final Pattern POINT =
      Pattern.compile(
          "[+-]?(\\d+|\\d{1,3}([, '\u2019\u00a0\u202f]\\d{3})+)\\.\\d+([eE][+-]?\\d+)?");
  private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");

  /** So many years that go up by one are no chance. */
  private static final int COUNTED = 3;

  private static final Pattern YEAR = Pattern.compile("(1[5-9]|20)\\d\\d");

  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

  private final TableOptions options;
  private final Source source;
  private final Charset charset;
  private final String text;

  /** Whether more follows the text. */
  private final boolean isPart;

  private int leadingLines;

  private DialectGuess(
      TableOptions options, Source source, Charset charset, String text, boolean isPart) {
    this.options = options;
    this.source = source;
    this.charset = charset;
    this.text = text;
    this.isPart = isPart;
  }

  /**
   * Looks at a file.
   *
   * @throws InputException if it cannot be read, or is no table of text
   */
  static Dialect of(Source source, TableOptions options) {
    byte[] start;
    int most = BYTES;
    try {
      for (start = start(source, most);
          start.length == most && most < MOST && lines(start) < LINES;
          start = start(source, most)) {
        most *= 2;
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    byte[] first = start;
    Charset charset = options.encoding().orElseGet(() -> charset(first));
    String text = new String(start, charset);
    if (text.chars().anyMatch(letter -> letter == 0)) {
      throw new InputException(source.file() + ": " + NoText.of(start));
    }
    boolean isPart = start.length == most;
    if (isPart) { // the last line may be a part of one
      text = text.substring(0, Math.max(text.lastIndexOf('\n'), text.length() / 2) + 1);
    }
    text = text.isEmpty() || text.charAt(0) != Source.MARK ? text : text.substring(1);
    return new DialectGuess(options, source, charset, text, isPart)
        .guess()
        .orElseThrow(() -> new InputException(source.file() + ": no rows of data"));
  }

  private static byte[] start(Source source, int most) throws IOException {
    try (InputStream in = source.open(_ -> {})) {
      return in.readNBytes(most);
    }
  }

  private static long lines(byte[] bytes) {
    long lines = 0;
    for (byte each : bytes) {
      lines += each == '\n' || each == '\r' ? 1 : 0;
    }
    return lines;
  }

  private static Charset charset(byte[] start) {
    if (begins(start, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    if (begins(start, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    boolean utf8 =
        !decoder
            .decode(ByteBuffer.wrap(start), CharBuffer.allocate(start.length + 1), false)
            .isError();
    return utf8 ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
  }

  private static boolean begins(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private Dialect dialect(char separator, char quote) {
    Optional<Character> comment =
        options
            .comment()
            .or(() -> Stream.of('#', '%').filter(letter -> text.charAt(0) == letter).findFirst())
            .filter(letter -> letter != separator && letter != quote);
    return new Dialect(
        charset, source.gzip(), false, separator, quote, '.', ',', comment, 0, false, false);
  }

  private Optional<Dialect> guess() {
    if (text.isBlank()) {
      return Optional.empty();
    }
    if (Arff.is(text)) {
      return Optional.of(
          new Dialect(
              charset,
              source.gzip(),
              true,
              ',',
              '\'',
              '.',
              ',',
              Optional.of('%'),
              0,
              false,
              options.rowNames().orElse(false)));
    }
    Matcher excel = EXCEL.matcher(text);
    leadingLines = excel.lookingAt() ? 1 : 0;
    char quote = options.quote().orElseGet(() -> text.stripLeading().startsWith("'") ? '\'' : '"');
    char separator =
        options
            .separator()
            .orElseGet(() -> leadingLines > 0 ? excel.group(1).charAt(0) : separator(quote));
    Dialect plain = dialect(separator, separator == quote ? other(quote) : quote);
    List<List<String>> records = first(plain, true);
    records = records.subList(Math.min(leadingLines, records.size()), records.size());
    int above =
        records.size() > 1 && options.header().isEmpty() && counts(records) ? 1 : titles(records);
    leadingLines += above;
    records = records.subList(above, records.size());
    return Optional.of(records.isEmpty() ? plain : guess(plain, records)); // reading tells why
  }

  private static char other(char quote) {
    return quote == '"' ? '\'' : '"';
  }

  private Dialect guess(Dialect plain, List<List<String>> records) {
    char decimal = decimal(plain.separator(), records);
    char thousands =
        options.thousands().orElseGet(() -> thousands(plain.separator(), decimal, records));
    Cell cell = Cell.of(decimal, thousands, options.missing());
    List<String> first = records.getFirst();
    boolean narrow = // R leaves out the name of row names
        first.size() == width(records) - 1
            && options.header().orElse(true)
            && !records.stream().skip(1).allMatch(each -> each.getLast().isEmpty());
    boolean header = narrow || options.header().orElseGet(() -> isHeader(records, cell));
    boolean unnamed =
        header
            && !narrow
            && first.size() > 1
            && (first.getFirst().isEmpty() || isIndex(first.getFirst()));
    return new Dialect(
        plain.charset(),
        plain.gzip(),
        plain.arff(),
        plain.separator(),
        plain.quote(),
        decimal,
        thousands,
        plain.comment(),
        leadingLines,
        header,
        options.rowNames().orElse(narrow || unnamed));
  }

  /** What pandas and R call a column of row names that was read and written again. */
  private static boolean isIndex(String name) {
    return name.matches("Unnamed: 0|X\\.?1?|rownames");
  }

  private List<List<String>> first(Dialect dialect, boolean lenient) {
    return Records.first(text, dialect, RECORDS, new Memory(source.file()), lenient);
  }

  /** Quotes that break the rules tell of the separator only where no other keeps to them. */
  private char separator(char quote) {
    return separator(quote, isPart).or(() -> separator(quote, true)).orElse(',');
  }

  /** The separator with which most records have as many fields as the others. */
  private Optional<Character> separator(char quote, boolean lenient) {
    Optional<Character> best = Optional.empty();
    long most = 0;
    for (char separator : SEPARATORS) {
      List<List<String>> records = first(dialect(separator, quote), lenient);
      int width = width(records);
      long alike = records.stream().filter(each -> each.size() == width).count();
      long score =
          width < 2 ? 0 : alike * RECORDS / Math.max(1, records.size()) * 100 + Math.min(width, 99);
      if (score > most) {
        most = score;
        best = Optional.of(separator);
      }
    }
    return best;
  }

  /** How many fields most records have. */
  private static int width(List<List<String>> records) {
    Map<Integer, Long> sizes =
        records.stream()
            .collect(Collectors.groupingBy(List::size, TreeMap::new, Collectors.counting()));
    return sizes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /**
   * Whether the first line is that of scikit-learn's own files: rows, features, and names of
   * classes or nothing, where the lines below have other fields or numbers.
   */
  private static boolean counts(List<List<String>> records) {
    List<String> first = records.getFirst();
    int width = width(records);
    Cell cell = Cell.of('.', ',', Set.of());
    if (first.size() < 2
        || !WHOLE.matcher(first.getFirst()).matches()
        || !first.get(1).equals(Integer.toString(width - 1))) {
      return false;
    }
    List<String> rest = first.subList(2, first.size());
    boolean names = !rest.isEmpty() && rest.stream().noneMatch(text -> cell.isNumber(text));
    return first.size() != width
        || (names && rest.stream().allMatch(String::isEmpty))
        || (names && records.get(1).stream().skip(2).anyMatch(text -> cell.isNumber(text)));
  }

  /**
   * How many of the first lines are titles: they have one field, or only the first is not empty,
   * and the heading of a table of several columns comes after them. Over two columns it may be the
   * heading of R's, which leaves out the name of row names.
   */
  private int titles(List<List<String>> records) {
    int titles =
        (int)
            records.stream()
                .takeWhile(record -> record.stream().skip(1).allMatch(String::isEmpty))
                .count();
    if (titles == 0 || titles == records.size() || !options.header().orElse(true)) {
      return 0;
    }
    List<List<String>> table = records.subList(titles, records.size());
    List<String> heading = table.getFirst();
    return heading.size() > 2
            && heading.size() == width(records)
            && heading.stream().noneMatch(String::isEmpty)
            && isHeader(table, Cell.of('.', ',', Set.of()))
        ? titles
        : 0;
  }

  private char decimal(char separator, List<List<String>> records) {
    if (options.decimal().isPresent()) {
      return options.decimal().get();
    }
    if (options.thousands().isPresent() && ".,".indexOf(options.thousands().get()) >= 0) {
      return Dialect.usualThousands(options.thousands().get());
    }
    long commas = count(records, COMMA);
    long points = count(records, POINT);
    if (separator == ',') { // what is quoted may have thousands apart, or be no number
      return commas > count(records, THOUSANDS) && points == 0 ? ',' : '.';
    }
    return commas > points ? ',' : '.';
  }

  /** What most groups of digits are apart by; of fields that blanks separate it is no blank. */
  private static char thousands(char separator, char decimal, List<List<String>> records) {
    char usual = Dialect.usualThousands(decimal);
    char best = usual;
    long most = 0;
    for (char mark : List.of(usual, '\'', ' ')) {
      long count = mark == separator ? 0 : count(records, Cell.thousands(mark, decimal));
      if (count > most) {
        most = count;
        best = mark;
      }
    }
    return best;
  }

  private static long count(List<List<String>> records, Pattern pattern) {
    return records.stream()
        .flatMap(List::stream)
        .map(Cell::unmarked)
        .filter(pattern.asMatchPredicate())
        .count();
  }

  /**
   * A first line is one if nothing in it is a number or missing, though a few columns may have no
   * name, and either some column below it has numbers or none of its texts comes again below it.
   */
  private static boolean isHeader(List<List<String>> records, Cell cell) {
    List<String> first = records.getFirst();
    List<List<String>> rest = records.subList(1, records.size());
    List<String> given = first.stream().filter(text -> !text.isEmpty()).toList();
    if (namesColumnsOfNumbers(first, rest, cell)
        || (!rest.isEmpty() && counts(first, rest.getFirst()))) {
      return true;
    }
    boolean names =
        2 * given.size() >= first.size()
            && !given.isEmpty()
            && given.stream().noneMatch(text -> cell.isMissing(text) || cell.isNumber(text));
    if (!names || rest.isEmpty()) {
      return names;
    }
    boolean numbers = rest.getFirst().stream().anyMatch(cell::isNumber);
    Set<String> below = new HashSet<>();
    rest.forEach(below::addAll);
    return numbers || given.stream().noneMatch(below::contains);
  }

  /** Whether a line counts years, as 1960, 1961, 1962, and the one below does not. */
  private static boolean counts(List<String> first, List<String> second) {
    return isCount(first) && !isCount(second);
  }

  private static boolean isCount(List<String> fields) {
    List<Integer> numbers =
        fields.stream().filter(YEAR.asMatchPredicate()).map(Integer::valueOf).toList();
    return numbers.size() >= COUNTED
        && IntStream.range(1, numbers.size())
            .allMatch(i -> numbers.get(i) == numbers.get(i - 1) + 1);
  }

  /**
   * Whether most fields of a line are texts over columns that have numbers alone: then one that is
   * a number is a name too.
   */
  private static boolean namesColumnsOfNumbers(
      List<String> first, List<List<String>> rest, Cell cell) {
    long names =
        IntStream.range(0, first.size())
            .filter(i -> !cell.isMissing(first.get(i)) && !cell.isNumber(first.get(i)))
            .filter(i ->
                rest.stream()
                    .allMatch(row ->
                        i < row.size()
                            && (cell.isNumber(row.get(i)) || cell.isMissing(row.get(i)))))
            .count();
    return rest.size() > 1 && names > 1 && 2 * names > first.size();
  }
}
