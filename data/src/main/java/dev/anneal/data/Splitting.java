package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.random.RandomStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which rows of a table train, validate and test.
 *
 * @param validation the part of all rows that validates, in [0, 1); 0 for none
 * @param test the part of all rows that is used once at the end, in [0, 1); 0 for none
 * @param order which rows these are
 * @param group a column whose rows of one value stay in one part
 * @param fold one of several that validates instead of a part, of the rows that do not test
 */
public record Splitting(
    double validation, double test, SplitOrder order, Optional<String> group, Optional<Fold> fold) {

  /** Checks that they leave rows to train on. */
  public Splitting {
    check("validation split", validation);
    check("test split", test);
    if (validation + test >= 1) {
      throw new InputException(
          "validation split %s and test split %s leave no row to train on"
              .formatted(validation, test));
    }
    if (order == SplitOrder.ORDERED && (group.isPresent() || fold.isPresent())) {
      throw new InputException("the last rows are no group and no fold; leave out --split ordered");
    }
    if (fold.isPresent() && validation != 0) {
      throw new InputException("give --fold or --validation-split, not both");
    }
  }

  private static void check(String name, double part) {
    if (!(part >= 0 && part < 1)) {
      throw new InputException("%s %s is not in [0, 1)".formatted(name, part));
    }
  }

  /**
   * A part that validates, drawn with each class in its share.
   *
   * @param validation the part of the rows, in [0, 1)
   * @return the splitting, without a test part
   */
  public static Splitting stratified(double validation) {
    return new Splitting(validation, 0, SplitOrder.STRATIFIED, Optional.empty(), Optional.empty());
  }

  /**
   * Whether any rows validate.
   *
   * @return false if all train or test
   */
  public boolean validates() {
    return validation > 0 || fold.isPresent();
  }

  /**
   * Whether any rows are drawn, so that a seed decides which.
   *
   * @return false if all train, or the last ones are set aside
   */
  public boolean draws() {
    return order == SplitOrder.STRATIFIED && (validates() || test > 0);
  }

  /**
   * The same with a fold that validates.
   *
   * @param one of several
   * @return a copy
   */
  public Splitting on(Fold one) {
    return new Splitting(0, test, SplitOrder.STRATIFIED, group, Optional.of(one));
  }

  /**
   * The same where the rows that would validate train too.
   *
   * @return a copy; the same rows test
   */
  public Splitting withoutValidation() {
    return new Splitting(0, test, order, group, Optional.empty());
  }

  /**
   * Deals rows out.
   *
   * @param rows numbers of rows
   * @param classes gives the class of each of some rows; all the same where there is none
   * @param groups gives the group of each of some rows, from 0
   * @param seed decides what is drawn
   * @return the parts
   * @throws InputException if a part that is wanted would be empty
   */
  public RowParts deal(
      int[] rows, UnaryOperator<int[]> classes, UnaryOperator<int[]> groups, long seed) {
    RandomStream random = Dealing.random(seed);
    Dealing dealing;
    if (order == SplitOrder.ORDERED) {
      dealing = Dealing.ordered(rows.length, validation, test);
    } else if (group.isPresent()) {
      dealing = Dealing.grouped(groups.apply(rows), validation, test, fold, random);
    } else {
      dealing = Dealing.stratified(classes.apply(rows), validation, test, fold, random);
    }
    RowParts parts = dealing.of(rows);
    check(parts.training(), true, "train on");
    check(parts.validation(), validates(), "validate on");
    check(parts.test(), test > 0, "test on");
    return parts;
  }

  private static void check(int[] rows, boolean wanted, String purpose) {
    if (wanted && rows.length == 0) {
      throw new InputException(
          "the splits leave no row to %s; give other parts, or more rows".formatted(purpose));
    }
  }
}
