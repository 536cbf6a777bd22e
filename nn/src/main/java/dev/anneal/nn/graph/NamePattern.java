package dev.anneal.nn.graph;

import java.util.function.Predicate;

/**
 * A pattern over the full names of parameters: {@code *} stands for any letters, dots included,
 * {@code ?} for one. It takes what it matches, and everything below: {@code dense_1} takes {@code
 * dense_1.kernel}.
 */
public record NamePattern(String pattern) implements Predicate<Parameter> {
  @Override
  public boolean test(Parameter parameter) {
    return matches(pattern, parameter.name()) || matches(pattern + ".*", parameter.name());
  }

  /** Goes back to the last star only: no pattern takes longer than both lengths multiplied. */
  private static boolean matches(String pattern, String name) {
    int at = 0;
    int star = -1;
    int behindStar = 0;
    for (int i = 0; i < name.length(); ) {
      boolean more = at < pattern.length();
      if (more && pattern.charAt(at) == '*') {
        star = at++;
        behindStar = i;
      } else if (more && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++behindStar;
      } else {
        return false;
      }
    }
    return pattern.substring(at).chars().allMatch(rest -> rest == '*');
  }

  /** What it names, without a star at the end: what a typing error is looked for in. */
  public String stem() {
    return pattern.replaceFirst("\\.?\\*$", "");
  }
}
