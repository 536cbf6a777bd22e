package dev.anneal.experiments;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.training.History;
import dev.anneal.nn.training.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the optimizer did at the last update of each epoch.
 *
 * @param quantities what was looked at; nothing where the run was not diagnosed
 */
public record Diagnostics(List<Quantity> quantities) {
  /** Of a run that was not diagnosed. */
  public static final Diagnostics NONE = new Diagnostics(List.of());

  /** The subject of a number that is told of all that is trained. */
  public static final String ALL = "all";

  /** The update ratio of the rule of thumb, and how far from it is worth a word. */
  private static final double USUAL_RATIO = 1e-3;

  private static final double FAR = 100;

  /** Keeps its own copy of the list. */
  public Diagnostics {
    quantities = List.copyOf(quantities);
  }

  /**
   * A number that is told of layers, groups or parameters.
   *
   * @param name such as {@code update_ratio}
   * @param lines one for each that it is told of
   */
  public record Quantity(String name, List<Line> lines) {
    /** Keeps its own copy of the list. */
    public Quantity {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A number over the run.
   *
   * @param subject what it is told of: a layer, a group, a parameter, or {@value #ALL}
   * @param values one an epoch; NaN where it was not trained
   */
  public record Line(String subject, List<Double> values) {
    /** Keeps its own copy of the list. */
    public Line {
      values = List.copyOf(values);
    }
  }

  /**
   * Takes them out of what epochs reported.
   *
   * @param history the epochs of a run
   * @param model what was trained
   * @return what is neither measured nor decided by a schedule
   */
  static Diagnostics of(History history, Model model) {
    Map<String, List<Line>> quantities = new LinkedHashMap<>();
    history.rows().stream()
        .flatMap(row -> row.values().keySet().stream())
        .filter(metric -> metric.source() == Metric.Source.UPDATE)
        .distinct()
        .forEach(metric -> {
          String subject = metric.part().isEmpty() ? ALL : metric.part();
          List<Double> values = history.rows().stream().map(row -> row.value(metric)).toList();
          quantities
              .computeIfAbsent(metric.quantity(), _ -> new ArrayList<>())
              .add(new Line(subject, values));
        });
    List<String> order = inOrder(model);
    return new Diagnostics(
        quantities.entrySet().stream()
            .map(entry -> {
              List<Line> lines = entry.getValue();
              lines.sort(Comparator.comparingInt(line -> place(order, line.subject())));
              return new Quantity(entry.getKey(), lines);
            })
            .toList());
  }

  /** Groups, which are not of the model, come after its layers. */
  private static int place(List<String> order, String subject) {
    int found = order.indexOf(subject);
    return found < 0 ? order.size() : found;
  }

  /** The layers of a model and their parameters. */
  private static List<String> inOrder(Model model) {
    return model.parameters().stream()
        .map(Parameter::name)
        .flatMap(name -> Stream.of(name.substring(0, Math.max(0, name.lastIndexOf('.'))), name))
        .distinct()
        .toList();
  }

  /**
   * The name of a quantity for people.
   *
   * @param name such as {@code update_ratio}
   * @return such as {@code update ratio}
   */
  public static String words(String name) {
    return name.replace('_', ' ');
  }

  /**
   * One number.
   *
   * @param quantity the name of what was looked at
   * @param subject of what
   * @param epoch when, counted from 0
   * @return its value, NaN where there is none
   */
  public double value(String quantity, String subject, int epoch) {
    return quantities.stream()
        .filter(each -> each.name().equals(quantity))
        .flatMap(each -> each.lines().stream())
        .filter(line -> line.subject().equals(subject))
        .mapToDouble(line -> line.values().get(epoch))
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Whether there is nothing to see.
   *
   * @return true where the run was not diagnosed
   */
  public boolean isEmpty() {
    return quantities.isEmpty();
  }

  /**
   * All that numbers are told of.
   *
   * @return layers, then groups and parameters
   */
  public List<String> subjects() {
    return quantities.stream()
        .flatMap(quantity -> quantity.lines().stream())
        .map(Line::subject)
        .distinct()
        .toList();
  }

  /**
   * How many epochs were looked at.
   *
   * @return 0 where the run was not diagnosed
   */
  public int epochs() {
    return isEmpty() ? 0 : quantities.getFirst().lines().getFirst().values().size();
  }

  /**
   * The epoch in the middle, of two the first.
   *
   * @return counted from 0
   */
  public int middle() {
    return Math.max(0, epochs() - 1) / 2;
  }

  /**
   * What there is a rule of thumb for: by the <a
   * href="https://cs231n.github.io/neural-networks-3/#ratio">notes of Stanford's CS231n</a> the
   * norm of an update should be somewhere around a thousandth of that of the weights. What is a
   * hundred times larger or smaller is mentioned. Judged is the middle of the run: weights may
   * begin small, and many schedules end near 0.
   *
   * @return a sentence each, mostly none
   */
  public List<String> hints() {
    List<String> hints = new ArrayList<>();
    for (Quantity quantity : quantities) {
      if (quantity.name().equals(Metric.UPDATE_RATIO)) {
        hints.addAll(hint(quantity, "above", "high", ratio -> ratio > USUAL_RATIO * FAR));
        hints.addAll(
            hint(quantity, "below", "low", ratio -> 0 < ratio && ratio < USUAL_RATIO / FAR));
      }
    }
    return hints;
  }

  private List<String> hint(Quantity quantity, String side, String rate, DoublePredicate far) {
    String found =
        quantity.lines().stream()
            .filter(line -> far.test(line.values().get(middle())))
            .map(line ->
                "%s (%s)"
                    .formatted(line.subject(), NumberFormats.brief(line.values().get(middle()))))
            .collect(Collectors.joining(", "));
    return found.isEmpty()
        ? List.of()
        : List.of(
            ("at epoch %d the update ratio is far %s %s for %s;"
                    + " by a rule of thumb (the notes of CS231n) the rate may be too %s")
                .formatted(middle() + 1, side, NumberFormats.brief(USUAL_RATIO), found, rate));
  }
}
