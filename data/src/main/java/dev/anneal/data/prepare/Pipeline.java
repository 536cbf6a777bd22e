package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import dev.anneal.data.table.Dialect;
import dev.anneal.data.table.Table;
import dev.anneal.data.table.TableOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
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
  /** More inputs than these of a column are a mistake: a row of a batch would take megabytes. */
  private static final int MOST_INPUTS = 100_000;

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
    Plan plan = new Plan(table, how);
    return plan.fit(plan.usable());
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
    List<String> names = names(table);
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
   * @return the table
   * @throws InputException if it cannot be read
   */
  public Table read(Path file, TableOptions options) {
    Set<String> texts = new HashSet<>(options.texts());
    if (hasNames()) {
      texts.addAll(texts());
      texts.removeAll(options.numbers());
    }
    TableOptions known = options.withTexts(texts);
    Table table = Table.read(file, known);
    Dialect found = table.dialect();
    boolean doubtful =
        found.separator() == marks.separator()
            && (found.decimal() != marks.decimal() || found.thousands() != marks.thousands())
            && options.decimal().isEmpty()
            && options.thousands().isEmpty();
    return doubtful ? Table.read(file, known.withMarks(marks.decimal(), marks.thousands())) : table;
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
    return find(table, target.name()).isPresent();
  }

  /**
   * Rows that can be prepared: those with a target, where the table has it; without those with
   * something missing where these are left out.
   *
   * @param table see {@link #isLabelled}
   * @return their numbers, from 0
   */
  public int[] rows(Table table) {
    List<Column> inputs = encoders.stream().map(encoder -> need(table, encoder.name())).toList();
    return Rows.usable(table, find(table, target.name()), inputs, imputation);
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
        find(table, target.name())
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
    float[][] encoded = new float[rows.length][encoders.size()];
    for (int column = 0; column < encoders.size(); column++) {
      Encoder encoder = encoders.get(column);
      Encoder.Encoded numbers = encoder.of(need(table, encoder.name()));
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
    Map<String, Integer> missing = new LinkedHashMap<>();
    for (Encoder encoder : encoders) {
      int count = need(table, encoder.name()).missing();
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
    Map<String, Integer> unseen = new LinkedHashMap<>();
    for (Encoder encoder : encoders) {
      if (encoder.isOneOfSeveral()) {
        Column column = need(table, encoder.name());
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

  private Column need(Table table, String name) {
    return find(table, name)
        .orElseThrow(() ->
            new InputException(
                "there is no column \"%s\", which the model takes%s; there are %s"
                    .formatted(
                        name,
                        Messages.didYouMean(name, names(table)),
                        Messages.list(names(table)))));
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  /** By its name; where either table has none, by its place. */
  private Optional<Column> find(Table table, String name) {
    List<String> own = names(table);
    boolean named = table.dialect().header() && hasNames();
    int place = (named ? own : placed(own.size())).indexOf(name);
    return place < 0 ? Optional.empty() : Optional.of(table.columns().get(place));
  }

  /**
   * Whether columns are found by their names.
   *
   * @return false if the table that was learned from had no header: they are found by their places
   */
  public boolean hasNames() {
    return !IntStream.range(0, columns.size())
        .allMatch(i -> columns.get(i).equals(Integer.toString(i + 1)));
  }

  /**
   * What the columns of a table without names are: all, those without the target, or the inputs.
   */
  private List<String> placed(int size) {
    if (size == columns.size()) {
      return columns;
    }
    List<String> withoutTarget =
        columns.stream().filter(name -> !name.equals(target.name())).toList();
    return size == withoutTarget.size()
        ? withoutTarget
        : size == encoders.size() ? encoders.stream().map(Encoder::name).toList() : List.of();
  }

  /**
   * What a file has between fields, before decimals and between thousands.
   *
   * @param separator between fields
   * @param decimal before decimals
   * @param thousands between thousands
   */
  record Marks(char separator, char decimal, char thousands) {
    static Marks of(Table table) {
      Dialect dialect = table.dialect();
      return new Marks(dialect.separator(), dialect.decimal(), dialect.thousands());
    }
  }

  /** A table, with what is to be done to it. */
  static final class Plan {
    private final Table table;
    private final Preparation how;
    private final Column target;
    private final Task task;
    private final List<Column> inputs;

    Plan(Table table, Preparation how) {
      this.table = table;
      this.how = how;
      List<String> dropped = how.dropped(table);
      dropped.forEach(this::column);
      how.hashed().keySet().forEach(this::column);
      target = how.target().map(this::column).orElseGet(() -> last(table, dropped));
      if (dropped.contains(target.name())) {
        throw new InputException(
            "column \"%s\" is to be predicted and to be left out".formatted(target.name()));
      }
      task = how.task().orElseGet(() -> Task.of(target));
      inputs =
          table.columns().stream()
              .filter(column ->
                  !column.name().equals(target.name()) && !dropped.contains(column.name()))
              .toList();
      if (inputs.isEmpty()) {
        throw new InputException(
            "one column; give features beside \"%s\"".formatted(target.name()));
      }
    }

    Column column(String name) {
      return table.columns().stream()
          .filter(each -> each.name().equals(name))
          .findFirst()
          .orElseThrow(() ->
              new InputException(
                  "there is no column \"%s\"%s; there are %s"
                      .formatted(
                          name,
                          Messages.didYouMean(name, names(table)),
                          Messages.list(names(table)))));
    }

    private static Column last(Table table, List<String> without) {
      return table.columns().reversed().stream()
          .filter(column -> !without.contains(column.name()))
          .findFirst()
          .orElseThrow(() -> new InputException("all columns are left out"));
    }

    Column target() {
      return target;
    }

    Task task() {
      return task;
    }

    List<Column> inputs() {
      return inputs;
    }

    /** Rows that may train, validate or test. */
    int[] usable() {
      int[] rows = Rows.usable(table, Optional.of(target), inputs, how.imputation());
      if (rows.length == 0) {
        throw new InputException("no row has a value in all columns that are needed");
      }
      return rows;
    }

    /** The class of each row; 0 for all where there are none. */
    int[] classes(int[] rows) {
      if (task == Task.REGRESSION) {
        return new int[rows.length];
      }
      float[] labels = Target.Classes.of(target).labels(target, rows);
      return IntStream.range(0, rows.length).map(i -> (int) labels[i]).toArray();
    }

    Pipeline fit(int[] rows) {
      Target learned =
          task == Task.REGRESSION ? Target.Quantity.of(target, rows) : Target.Classes.of(target);
      List<Encoder> encoders = new ArrayList<>();
      inputs.forEach(column -> encoders.add(encoder(column, rows)));
      return new Pipeline(encoders, learned, how.imputation(), names(table), Marks.of(table));
    }

    private Encoder encoder(Column column, int[] rows) {
      Integer hashed = how.hashed().get(column.name());
      if (hashed != null) {
        return new Encoder.Hash(column.name(), hashed);
      }
      Encoder encoder =
          switch (column) {
            case Numeric numbers ->
                Encoder.Quantity.learn(numbers, rows, how.scaling(), how.imputation());
            case Categorical texts -> Encoder.Category.learn(texts, rows);
          };
      int inputs = encoder.inputs().size();
      if (inputs > MOST_INPUTS) {
        throw new InputException(
            "column \"%s\" has %d different texts; leave it out (--drop), or let many share an input (--hash)"
                .formatted(column.name(), inputs));
      }
      return encoder;
    }
  }
}
