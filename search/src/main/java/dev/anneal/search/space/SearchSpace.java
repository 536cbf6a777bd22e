package dev.anneal.search.space;

import dev.anneal.api.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Options with values that are not chosen yet. */
public final class SearchSpace {
  /** What decides who validates, by what, and for how long: the same for all that are compared. */
  private static final Set<String> SHARED =
      Set.of(
          "name",
          "tag",
          "data",
          "data-dir",
          "target",
          "task",
          "validation-split",
          "split",
          "split-seed",
          "test-split",
          "fold",
          "group",
          "validation-data",
          "loss",
          "class-weights",
          "epochs",
          "seed",
          "monitor");

  private final SequencedMap<String, List<Template>> options = new LinkedHashMap<>();
  private final List<Dimension> dimensions = new ArrayList<>();
  private final Points points;

  /**
   * Reads options.
   *
   * @param texts of each option
   * @param seed of the points
   * @throws InputException if nothing is open, or something that all trials must share
   */
  public SearchSpace(Map<String, List<String>> texts, long seed) {
    texts.forEach((option, values) -> {
      int before = dimensions.size();
      TemplateReader reader = new TemplateReader(option, dimensions);
      options.put(option, values.stream().map(text -> reader.read(text, "")).toList());
      if (dimensions.size() > before && SHARED.contains(option)) {
        throw new InputException(
            "--%s: all trials must have the same, or they could not be compared".formatted(option));
      }
    });
    if (dimensions.isEmpty()) {
      throw new InputException(
          "nothing is left open; give a value as log(a, b), uniform(a, b), int(a, b) or choice(x,"
              + " y), such as --schedule \"cosine(initial=log(1e-3, 1)) per iteration\"");
    }
    points = new Points(dimensions.size(), seed);
  }

  /**
   * Whether a text has values that are not chosen.
   *
   * @param text of an option
   * @return false for most
   */
  public static boolean isOpen(String text) {
    return TemplateReader.isOpen(text);
  }

  /**
   * What is open.
   *
   * @return in the order of the options
   */
  public List<Dimension> dimensions() {
    return List.copyOf(dimensions);
  }

  /**
   * One of the points.
   *
   * @param index from 0
   * @return with a text for each option
   */
  public SearchPoint at(int index) {
    double[] point = points.at(index);
    SortedMap<Integer, String> used = new TreeMap<>();
    SequencedMap<String, List<String>> texts = new LinkedHashMap<>();
    options.forEach((option, templates) ->
        texts.put(option, templates.stream().map(each -> each.fill(point, used)).toList()));
    SequencedMap<String, String> values = new LinkedHashMap<>();
    SequencedMap<String, Double> positions = new LinkedHashMap<>();
    used.forEach((dimension, value) -> {
      values.put(dimensions.get(dimension).name(), value);
      positions.put(dimensions.get(dimension).name(), point[dimension]);
    });
    return new SearchPoint(texts, values, positions);
  }
}
