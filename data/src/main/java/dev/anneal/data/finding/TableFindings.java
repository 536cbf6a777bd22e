package dev.anneal.data.finding;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.data.prepare.Preparation;
import dev.anneal.data.prepare.Task;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import dev.anneal.data.table.ColumnSummary;
import dev.anneal.data.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Looks at a table before it is prepared. */
public final class TableFindings {
  /** The rule about texts among numbers, which make categories of a whole column. */
  public static final String STRAY_TEXT = "stray-text";

  /** The rule about rows in the order of their classes. */
  public static final String SORTED_ROWS = "sorted-rows";

  /** Fewer rows may well be all different. */
  private static final int FEW = 20;

  /** A part of the rows that is nearly all of them. */
  private static final double NEARLY = 0.95;

  /** So many texts, of which most come once, are no categories. */
  private static final int MANY = 100;

  /** So large a part of numbers among texts is no chance. */
  private static final double MOST = 0.8;

  /** So many quartile distances from all others no measurement lies. */
  private static final double FAR = 10;

  private static final int OFTEN = 5;

  /** A column that tells the target in so many rows alone was hardly known before it. */
  private static final double ALONE = 0.995;

  private static final int RAREST = 30;

  private final Table table;
  private final Preparation how;
  private final Set<String> texts;
  private final Column target;
  private final List<DataFinding> found = new ArrayList<>();

  private TableFindings(Table table, Preparation how, Set<String> texts) {
    this.table = table;
    this.how = how;
    this.texts = texts;
    target = table.columns().get(how.targetOf(table));
  }

  /**
   * Looks at the columns that would be inputs, and at the target.
   *
   * @param table the table
   * @param how it is to be prepared
   * @param texts columns that are said to be categories
   * @return what was found, column after column
   */
  public static List<DataFinding> of(Table table, Preparation how, Set<String> texts) {
    TableFindings findings = new TableFindings(table, how, texts);
    findings.ofTarget();
    List<String> dropped = how.dropped(table);
    for (Column column : table.columns()) {
      if (!column.name().equals(findings.target.name()) && !dropped.contains(column.name())) {
        findings.of(column);
      }
    }
    return List.copyOf(findings.found);
  }

  private void add(String rule, Column column, String what, String advice) {
    found.add(new DataFinding(rule, column.name(), what, advice));
  }

  private void ofTarget() {
    Task task = how.task().orElseGet(() -> Task.of(target));
    ColumnSummary summary = ColumnSummary.of(target);
    int distinct = summary.distinct();
    stray(target, summary).ifPresent(text -> addStray(target, text));
    if (task == Task.CLASSIFICATION
        && target instanceof Numeric
        && (distinct > MANY || distinct > table.rows() / OFTEN)) {
      add(
          "quantity-as-classes",
          target,
          "has %d different numbers, each a class".formatted(distinct),
          "--task regression predicts a quantity");
    } else if (task == Task.CLASSIFICATION && distinct > 2 && distinct > table.rows() / OFTEN) {
      add(
          "many-classes",
          target,
          "has %d different texts in %d rows, each a class".formatted(distinct, table.rows()),
          "name the column to predict: --target");
    }
    if (task == Task.REGRESSION && distinct <= 2) {
      add(
          "classes-as-quantity",
          target,
          "has %d different numbers".formatted(distinct),
          "--task classification predicts a class");
    }
    if (task == Task.CLASSIFICATION && distinct > 1 && isInBlocks(target)) {
      add(
          SORTED_ROWS,
          target,
          "lies in the order of its values, so that the last rows have not all of them",
          "let rows be drawn, as is usual: not --split ordered");
    }
  }

  /** Whether equal values lie beside each other, several each. */
  private boolean isInBlocks(Column column) {
    int distinct = ColumnSummary.of(column).distinct();
    long changes =
        IntStream.range(1, table.rows())
            .filter(i -> !value(column, i).equals(value(column, i - 1)))
            .count();
    return changes == distinct - 1 && table.rows() >= OFTEN * distinct;
  }

  private static Object value(Column column, int row) {
    return switch (column) {
      case Numeric numbers -> numbers.values()[row];
      case Categorical texts -> texts.codes()[row];
    };
  }

  private void of(Column column) {
    ColumnSummary summary = ColumnSummary.of(column);
    String drop = "leave it out: --drop \"%s\"".formatted(column.name());
    if (summary.distinct() <= 1) {
      add("constant", column, "is the same in all rows", "it can tell nothing; " + drop);
      return;
    }
    Optional<String> stray = stray(column, summary);
    if (stray.isPresent()) {
      addStray(column, stray.get());
      return;
    }
    if (column instanceof Categorical categories
        && !texts.contains(column.name())
        && areDoubtfulDays(categories.categories())) {
      add(
          "doubtful-days",
          column,
          "has days such as %s, whose day and month may be either way round"
              .formatted(categories.categories().getFirst()),
          "say which comes first (--day-first yes or no), or they are texts");
      return;
    }
    if (counts(column) || isNameOfRows(column, summary)) {
      add("identifier", column, "is another in each row, as a name or number of the row is", drop);
      return;
    }
    switch (column) {
      case Categorical texts -> ofTexts(texts, summary, drop);
      case Numeric numbers ->
          sentinel(numbers)
              .ifPresent(value ->
                  add(
                      "sentinel",
                      column,
                      "has %s often, far from all else".formatted(Numbers.print(value)),
                      "if it stands for a missing value, say so: --na " + Numbers.print(value)));
    }
    if (tellsTheTarget(column)) {
      add(
          "leak",
          column,
          "tells \"%s\" alone in %s %% of the rows".formatted(target.name(), 100 * ALONE),
          "if it is known only afterwards, " + drop);
    }
  }

  /** Whether it counts rows. */
  private boolean counts(Column column) {
    if (!(column instanceof Numeric numbers) || table.rows() < FEW) {
      return false;
    }
    double[] values = numbers.values();
    return values[0] == Math.rint(values[0])
        && IntStream.range(1, values.length).allMatch(i -> values[i] == values[i - 1] + 1);
  }

  private boolean isNameOfRows(Column column, ColumnSummary summary) {
    return column instanceof Categorical
        && table.rows() >= FEW
        && summary.distinct() >= NEARLY * (table.rows() - column.missing())
        && column.missing() < table.rows() / 2;
  }

  private void ofTexts(Column column, ColumnSummary summary, String drop) {
    int distinct = summary.distinct();
    if (!how.hashed().containsKey(column.name())
        && distinct > MANY
        && distinct > table.rows() / 10) {
      add(
          "many-categories",
          column,
          "has %d different texts in %d rows".formatted(distinct, table.rows()),
          "let them share inputs (--hash \"%s:32\"), or %s".formatted(column.name(), drop));
    }
  }

  private void addStray(Column column, String text) {
    add(
        STRAY_TEXT,
        column,
        "has numbers, but for texts such as \"%s\"".formatted(Messages.brief(text)),
        "mend them, name what stands for a missing value (--na), say --header yes if they are"
            + " names,"
            + " or --categories \"%s\"".formatted(column.name()));
  }

  private static boolean areDoubtfulDays(List<String> texts) {
    return texts.stream()
        .allMatch(text ->
            Written.DATES.number(text).isPresent()
                && Written.MONTH_FIRST_DATES.number(text).isPresent());
  }

  /** A text among many different numbers, where nobody has said that these are texts. */
  private Optional<String> stray(Column column, ColumnSummary summary) {
    if (column instanceof Numeric || table.dialect().arff() || texts.contains(column.name())) {
      return Optional.empty();
    }
    int rows = summary.counts().values().stream().mapToInt(Integer::intValue).sum();
    List<String> strays =
        summary.counts().keySet().stream().filter(text -> Numbers.parse(text).isEmpty()).toList();
    int numbers = rows - strays.stream().mapToInt(summary.counts()::get).sum();
    return numbers >= MOST * rows && summary.distinct() - strays.size() > FEW
        ? strays.stream().findFirst()
        : Optional.empty();
  }

  /** A number that comes often and lies at the edge, far from the others. */
  private static OptionalDouble sentinel(Numeric numbers) {
    if (numbers.written().isDays()) {
      return OptionalDouble.empty();
    }
    double[] sorted =
        Arrays.stream(numbers.values()).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double quartiles = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    double least = sorted[0];
    double greatest = sorted[sorted.length - 1];
    int low = (int) Arrays.stream(sorted).takeWhile(value -> value == least).count();
    int high = (int) Arrays.stream(sorted).filter(value -> value == greatest).count();
    if (quartiles <= 0 || low == sorted.length) {
      return OptionalDouble.empty();
    }
    if (low >= OFTEN && sorted[low] - least > FAR * quartiles) {
      return OptionalDouble.of(least);
    }
    return high >= OFTEN && greatest - sorted[sorted.length - high - 1] > FAR * quartiles
        ? OptionalDouble.of(greatest)
        : OptionalDouble.empty();
  }

  /** Whether the target is nearly a function of a column that has far fewer values than rows. */
  private boolean tellsTheTarget(Column column) {
    if (how.task().orElseGet(() -> Task.of(target)) == Task.REGRESSION) {
      return column instanceof Numeric numbers
          && target instanceof Numeric wanted
          && Math.abs(correlation(numbers.values(), wanted.values())) > ALONE;
    }
    Map<Object, Map<Object, Integer>> counts = new HashMap<>();
    Map<Object, Integer> classes = new HashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      counts
          .computeIfAbsent(value(column, row), _ -> new HashMap<>())
          .merge(value(target, row), 1, Integer::sum);
      classes.merge(value(target, row), 1, Integer::sum);
    }
    int right =
        counts.values().stream()
            .mapToInt(each -> each.values().stream().mapToInt(Integer::intValue).max().orElse(0))
            .sum();
    return counts.size() * OFTEN <= table.rows()
        && classes.values().stream().allMatch(count -> count >= RAREST)
        && right >= ALONE * table.rows();
  }

  private static double correlation(double[] first, double[] second) {
    int[] rows =
        IntStream.range(0, first.length)
            .filter(i -> !Double.isNaN(first[i]) && !Double.isNaN(second[i]))
            .toArray();
    double meanOfFirst = Arrays.stream(rows).mapToDouble(i -> first[i]).average().orElse(0);
    double meanOfSecond = Arrays.stream(rows).mapToDouble(i -> second[i]).average().orElse(0);
    double both = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    for (int i : rows) {
      both += (first[i] - meanOfFirst) * (second[i] - meanOfSecond);
      ofFirst += (first[i] - meanOfFirst) * (first[i] - meanOfFirst);
      ofSecond += (second[i] - meanOfSecond) * (second[i] - meanOfSecond);
    }
    return rows.length < RAREST ? 0 : both / Math.sqrt(ofFirst * ofSecond);
  }
}
