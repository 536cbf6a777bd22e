package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the columns of a table by the names that they had in another: by their names; by their
 * places where either table has none.
 */
final class ColumnFinder {
  private final Table table;
  private final Map<String, Column> found = new HashMap<>();

  /**
   * Matches a table.
   *
   * @param known the names of all columns of the other
   * @param target which of them is predicted; a table may lack it
   * @param inputs which of them a model takes; a table without names may have these alone
   */
  ColumnFinder(Table table, List<String> known, String target, List<String> inputs) {
    this.table = table;
    boolean named = table.dialect().header() && !areCounted(known);
    List<String> names =
        named ? names(table) : placed(table.columns().size(), known, target, inputs);
    for (int i = 0; i < names.size(); i++) {
      found.put(names.get(i), table.columns().get(i));
    }
  }

  /** Whether columns have no names but their places. */
  static boolean areCounted(List<String> names) {
    return IntStream.range(0, names.size())
        .allMatch(i -> names.get(i).equals(Integer.toString(i + 1)));
  }

  static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static List<String> placed(
      int size, List<String> known, String target, List<String> inputs) {
    if (size == known.size()) {
      return known;
    }
    List<String> withoutTarget = known.stream().filter(name -> !name.equals(target)).toList();
    return size == withoutTarget.size()
        ? withoutTarget
        : size == inputs.size() ? inputs : List.of();
  }

  Optional<Column> find(String name) {
    return Optional.ofNullable(found.get(name));
  }

  Column need(String name) {
    return find(name)
        .orElseThrow(() ->
            new InputException(
                "there is no column \"%s\", which the model takes%s; there are %s"
                    .formatted(
                        name,
                        Messages.didYouMean(name, names(table)),
                        Messages.list(names(table)))));
  }
}
