package dev.anneal.core.spec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * The second half of an error about a name that does not exist: the nearest one that does, and all
 * of them.
 */
final class Suggestions {
  private Suggestions() {}

  /** {@code ; did you mean "rate"?}, or nothing where no name is near. */
  static String didYouMean(String wrong, Collection<String> known) {
    String key = PluginType.key(wrong);
    return known.stream()
        .filter(name -> distance(key, PluginType.key(name)) <= Math.max(1, key.length() / 3))
        .min(Comparator.comparingInt(name -> distance(key, PluginType.key(name))))
        .map(name -> "; did you mean \"" + name + "\"?")
        .orElse("");
  }

  /** {@code a, b or c}, as they are or each behind a prefix and before a suffix. */
  static String oneOf(Collection<String> names) {
    String list = String.join(", ", names);
    int last = list.lastIndexOf(", ");
    return last < 0 ? list : list.substring(0, last) + " or " + list.substring(last + 2);
  }

  /** {@code a, b, c}. */
  static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }

  /**
   * The number of letters to insert, delete, replace or swap with their neighbour to make one word
   * of the other.
   */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
