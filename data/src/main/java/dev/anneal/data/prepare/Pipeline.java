package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Written;
import dev.anneal.data.table.Dialect;
import dev.anneal.data.table.Table;
import dev.anneal.data.table.TableOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * How tables with the same columns become samples of a model: learned from some rows of one, and
 * written as text that reads back as the same bits.
 *
 * <pre>{@code
 * Table table = Table.read(Path.of("wine.csv"));
 * Pipeline pipeline = Pipeline.fit(table, Preparation.USUAL.withTarget("class"));
 * Samples samples = pipeline.samples(table);
 * }</pre>
 */
public final class Pipeline {
  private final List<Encoder> encoders;
  private final Target target;
  private final Imputation imputation;
  private final List<String> columns;
  private final Marks marks;

  /**
   * A pipeline that was learned.
   *
   * @param encoders of the columns that a model is given, at least one
   * @param target what it predicts
   * @param imputation of missing numbers
   * @param columns the names of all columns of the table, in their order
   * @param marks of numbers in its file
   */
  Pipeline(
      List<Encoder> encoders,
      Target target,
      Imputation imputation,
      List<String> columns,
      Marks marks) {
    this.encoders = List.copyOf(encoders);
    this.target = target;
    this.imputation = imputation;
    this.columns = List.copyOf(columns);
    this.marks = marks;
  }

  /**
   * Learns from all rows of a table that have a target.
   *
   * @param table the table
   * @param how what is to be done
   * @return the pipeline
   * @throws InputException if there is no such column, or the table does not fit the task
   */
  public static Pipeline fit(Table table, Preparation how) {
    Fitting fitting = new Fitting(table, how);
    return fitting.fit(fitting.usable());
  }

  /**
   * The pipeline of a model that was trained on numbers as they are.
   *
   * @param table has as many columns as the model takes numbers, or one more, the last, with labels
   * @param inputs how many numbers the model takes
   * @param classes the names of its classes
   * @return takes the numbers of such tables as they are
   * @throws InputException if the table has another number of columns
   */
  public static Pipeline plain(Table table, int inputs, List<String> classes) {
    List<String> names = ColumnFinder.names(table);
    if (names.size() != inputs && names.size() != inputs + 1) {
      throw new InputException(
          "%d columns; the model takes %d inputs, and a label may follow"
              .formatted(names.size(), inputs));
    }
    List<Encoder> encoders =
        names.stream()
            .limit(inputs)
            .<Encoder>map(
                name -> new Encoder.Quantity(name, Written.NUMBERS, OptionalDouble.empty(), 0, 1))
            .toList();
    String target = names.size() > inputs ? names.getLast() : "class";
    return new Pipeline(
        encoders, new Target.Classes(target, classes), Imputation.ERROR, names, Marks.of(table));
  }

  /**
   * Reads a pipeline.
   *
   * @param source what messages call the text
   * @param text as {@link #print} writes it
   * @return the pipeline
   * @throws InputException if it is anything else
   */
  public static Pipeline parse(String source, String text) {
    return PipelineText.parse(source, text);
  }

  /**
   * The pipeline as text.
   *
   * @return one line of JSON
   */
  public String print() {
    return PipelineText.print(this);
  }

  /**
   * Reads another table. What its few rows leave in doubt is as in the file that was learned from:
   * which columns are texts, and, where its fields are parted by the same mark, what stands before
   * decimals and between thousands.
   *
   * @param file of the table
   * @param options what is known of it
   * @param progress is told, now and then, how many bytes of the file have been read
   * @return the table
   * @throws InputException if it cannot be read
   */
  public Table read(Path file, TableOptions options, LongConsumer progress) {
    Set<String> texts = new HashSet<>(options.texts());
    if (hasNames()) {
      texts.addAll(texts());
      texts.removeAll(options.numbers());
    }
    TableOptions known = options.withTexts(texts);
    Table table = Table.read(file, known, progress);
    Dialect found = table.dialect();
    boolean doubtful =
        found.separator() == marks.separator()
            && (found.decimal() != marks.decimal() || found.thousands() != marks.thousands())
            && options.decimal().isEmpty()
            && options.thousands().isEmpty();
    return doubtful
        ? Table.read(file, known.withMarks(marks.decimal(), marks.thousands()), progress)
        : table;
  }

  /**
   * Reads another table of which nothing more is known.
   *
   * @param file of the table
   * @return the table
   * @throws InputException if it cannot be read
   */
  public Table read(Path file) {
    return read(file, TableOptions.NONE, _ -> {});
  }

  Marks marks() {
    return marks;
  }

  List<Encoder> encoders() {
    return encoders;
  }

  /**
   * What stands for missing numbers.
   *
   * @return what the pipeline was learned with
   */
  public Imputation imputation() {
    return imputation;
  }

  /**
   * The columns of the table that it was learned from.
   *
   * @return all names, in their order
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * What is predicted.
   *
   * @return the target
   */
  public Target target() {
    return target;
  }

  /**
   * The names of the numbers of a sample.
   *
   * @return that of a column; with {@code =} and a text where it says whether a column has that;
   *     with {@code #} and a number where texts are hashed
   */
  public List<String> inputs() {
    return encoders.stream().flatMap(encoder -> encoder.inputs().stream()).toList();
  }

  /**
   * The columns that a model is given, and the inputs that each makes.
   *
   * @return numbers of inputs by name
   */
  public Map<String, Integer> widths() {
    Map<String, Integer> widths = new LinkedHashMap<>();
    encoders.forEach(encoder -> widths.put(encoder.name(), encoder.inputs().size()));
    return widths;
  }

  /**
   * The columns whose texts are categories, whatever they look like in another table.
   *
   * @return names
   */
  public List<String> texts() {
    return encoders.stream().filter(Encoder::isOneOfSeveral).map(Encoder::name).toList();
  }

  /**
   * Whether a table has the target.
   *
   * @param table with the columns of that which was learned from, or without the target
   * @return whether its rows have labels
   */
  public boolean isLabelled(Table table) {
    return finder(table).find(target.name()).isPresent();
  }

  /**
   * Rows that can be prepared: those with a target, where the table has it; without those with
   * something missing where these are left out.
   *
   * @param table see {@link #isLabelled}
   * @return their numbers, from 0
   */
  public int[] rows(Table table) {
    ColumnFinder finder = finder(table);
    List<Column> inputs = encoders.stream().map(encoder -> finder.need(encoder.name())).toList();
    return Rows.usable(table, finder.find(target.name()), inputs, imputation);
  }

  /**
   * Prepares rows of a table.
   *
   * @param table see {@link #isLabelled}
   * @return the samples of {@link #rows}, labelled where the table has the target
   * @throws InputException if a column is missing, or a row cannot be prepared; the message names
   *     it
   */
  public Samples samples(Table table) {
    return samples(table, rows(table));
  }

  /**
   * Prepares rows of a table.
   *
   * @param table see {@link #isLabelled}
   * @param rows their numbers, from 0
   * @return a sample for each, in this order; labels are 0 where the table has no target
   * @throws InputException if a column is missing, or a row cannot be prepared; the message names
   *     it
   */
  public Samples samples(Table table, int[] rows) {
    float[] labels =
        finder(table)
            .find(target.name())
            .map(column -> target.labels(column, rows))
            .orElseGet(() -> new float[rows.length]);
    return PreparedSamples.of(encoded(table, rows), labels, target.classes(), codes());
  }

  /**
   * Prepares rows of a table for prediction, whatever it has as target.
   *
   * @param table with the columns that a model is given
   * @return a sample a row; labels are 0
   * @throws InputException as {@link #samples(Table, int[])}
   */
  public Samples unlabelled(Table table) {
    int[] rows = IntStream.range(0, table.rows()).toArray();
    return PreparedSamples.of(
        encoded(table, rows), new float[rows.length], target.classes(), codes());
  }

  private int[] codes() {
    return encoders.stream()
        .mapToInt(encoder -> encoder.isOneOfSeveral() ? encoder.inputs().size() : 0)
        .toArray();
  }

  private float[][] encoded(Table table, int[] rows) {
    ColumnFinder finder = finder(table);
    float[][] encoded = new float[rows.length][encoders.size()];
    for (int column = 0; column < encoders.size(); column++) {
      Encoder encoder = encoders.get(column);
      Encoder.Encoded numbers = encoder.of(finder.need(encoder.name()));
      for (int i = 0; i < rows.length; i++) {
        encoded[i][column] = numbers.at(rows[i]);
      }
    }
    return encoded;
  }

  /**
   * Counts rows without a value.
   *
   * @param table with the columns that a model is given
   * @return how many there are, by column; nothing for those without
   */
  public Map<String, Integer> missing(Table table) {
    ColumnFinder finder = finder(table);
    Map<String, Integer> missing = new LinkedHashMap<>();
    for (Encoder encoder : encoders) {
      int count = finder.need(encoder.name()).missing();
      if (count > 0) {
        missing.put(encoder.name(), count);
      }
    }
    return missing;
  }

  /**
   * Counts texts that the pipeline has not learned.
   *
   * @param table with the columns that a model is given
   * @return how many rows have such, by column; nothing for those without
   */
  public Map<String, Integer> unseen(Table table) {
    ColumnFinder finder = finder(table);
    Map<String, Integer> unseen = new LinkedHashMap<>();
    for (Encoder encoder : encoders) {
      if (encoder.isOneOfSeveral()) {
        Column column = finder.need(encoder.name());
        IntPredicate missing = Cells.missing(column);
        Encoder.Encoded numbers = encoder.of(column);
        int count =
            (int)
                IntStream.range(0, table.rows())
                    .filter(row -> !missing.test(row) && encoder.isUnseen(numbers.at(row)))
                    .count();
        if (count > 0) {
          unseen.put(encoder.name(), count);
        }
      }
    }
    return unseen;
  }

  /**
   * Whether columns are found by their names.
   *
   * @return false if the table that was learned from had no header: they are found by their places
   */
  public boolean hasNames() {
    return !ColumnFinder.areCounted(columns);
  }

  private ColumnFinder finder(Table table) {
    return new ColumnFinder(
        table, columns, target.name(), encoders.stream().map(Encoder::name).toList());
  }
}
