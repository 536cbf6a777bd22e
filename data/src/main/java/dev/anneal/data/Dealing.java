package dev.anneal.data;

import dev.anneal.core.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says of each of some places in which part it is, drawn at random. */
final class Dealing {
  /** Of the streams of a seed, the one that is nobody else's. */
  private static final int STREAM = 100;

  private static final int VALIDATION = 1;
  private static final int TEST = 2;

  private final int[] parts;

  private Dealing(int places) {
    parts = new int[places];
  }

  /**
   * How many of some rows a fraction is: the others are rounded down, as Keras does.
   *
   * @param fraction in [0, 1]
   */
  static int share(int rows, double fraction) {
    return rows - (int) Math.floor(rows * (1 - fraction));
  }

  static RandomStream random(long seed) {
    return new RandomStream(seed).child(STREAM);
  }

  /** The last places test, and those before them validate. */
  static Dealing ordered(int places, double validation, double test) {
    Dealing dealing = new Dealing(places);
    int testing = share(places, test);
    int validating = Math.min(share(places, validation), places - testing);
    Arrays.fill(dealing.parts, places - testing, places, TEST);
    Arrays.fill(dealing.parts, places - testing - validating, places - testing, VALIDATION);
    return dealing;
  }

  /**
   * Each class has its share in each part, rounded up or down; with folds, each class is dealt out
   * to them in turn.
   *
   * @param classes of the places, from 0
   */
  static Dealing stratified(
      int[] classes, double validation, double test, Optional<Fold> fold, RandomStream random) {
    Dealing dealing = new Dealing(classes.length);
    int number = Arrays.stream(classes).max().orElse(0) + 1;
    List<int[]> drawn =
        IntStream.range(0, number).mapToObj(label -> drawn(classes, label, random)).toList();
    int[] testing = shares(drawn, test, classes.length);
    int[] validating = shares(drawn, validation, classes.length);
    int turn = 0;
    for (int label = 0; label < number; label++) {
      int[] own = drawn.get(label);
      for (int i = 0; i < own.length; i++) {
        if (i < testing[label]) {
          dealing.parts[own[i]] = TEST;
        } else if (isValidating(fold, turn++) || i - testing[label] < validating[label]) {
          dealing.parts[own[i]] = VALIDATION;
        }
      }
    }
    return dealing;
  }

  private static boolean isValidating(Optional<Fold> fold, int turn) {
    return fold.filter(own -> turn % own.of() == own.number() - 1).isPresent();
  }

  /** The places of a class, in random order. */
  private static int[] drawn(int[] classes, int label, RandomStream random) {
    int[] places = IntStream.range(0, classes.length).filter(i -> classes[i] == label).toArray();
    int[] order = new int[places.length];
    random.child(label).permute(0, order);
    return Arrays.stream(order).map(place -> places[place]).toArray();
  }

  /** Rounded down, and up for those that lose most by it, until there are as many as are wanted. */
  private static int[] shares(List<int[]> drawn, double fraction, int places) {
    int[] shares = drawn.stream().mapToInt(each -> (int) (each.length * fraction)).toArray();
    List<Integer> byLoss =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> shares[i] - drawn.get(i).length * fraction))
            .toList();
    int missing = share(places, fraction) - Arrays.stream(shares).sum();
    for (int i = 0; i < missing && i < byLoss.size(); i++) {
      int label = byLoss.get(i);
      shares[label] += shares[label] < drawn.get(label).length ? 1 : 0;
    }
    return shares;
  }

  /**
   * Whole groups are in one part: those that test are drawn first, until there are about as many
   * rows as are wanted.
   *
   * @param groups of the places, from 0
   */
  static Dealing grouped(
      int[] groups, double validation, double test, Optional<Fold> fold, RandomStream random) {
    int number = Arrays.stream(groups).max().orElse(-1) + 1;
    int[] sizes = new int[number];
    Arrays.stream(groups).forEach(group -> sizes[group]++);
    int[] order = new int[number];
    random.permute(0, order);
    int[] parts = new int[number];
    draw(order, sizes, parts, TEST, share(groups.length, test));
    draw(order, sizes, parts, VALIDATION, share(groups.length, validation));
    int turn = 0;
    for (int group : order) {
      if (parts[group] != TEST && isValidating(fold, turn++)) {
        parts[group] = VALIDATION;
      }
    }
    Dealing dealing = new Dealing(groups.length);
    Arrays.setAll(dealing.parts, place -> parts[groups[place]]);
    return dealing;
  }

  /** A group is taken if that brings the rows nearer to what is wanted. */
  private static void draw(int[] order, int[] sizes, int[] parts, int part, int wanted) {
    int count = 0;
    for (int group : order) {
      if (parts[group] == 0 && Math.abs(count + sizes[group] - wanted) < Math.abs(count - wanted)) {
        parts[group] = part;
        count += sizes[group];
      }
    }
  }

  /** The rows of the places, each part in their order. */
  RowParts of(int[] rows) {
    return new RowParts(part(rows, 0), part(rows, VALIDATION), part(rows, TEST));
  }

  private int[] part(int[] rows, int part) {
    return IntStream.range(0, rows.length)
        .filter(i -> parts[i] == part)
        .map(i -> rows[i])
        .toArray();
  }
}
