package dev.anneal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SplittingProperties {
  private static final int KINDS = 4;

  private static int[] kinds(int rows, long seed) {
    return new Random(seed).ints(rows, 0, KINDS).toArray();
  }

  private static int[] some(int[] kinds, int[] rows) {
    return Arrays.stream(rows).map(row -> kinds[row]).toArray();
  }

  private static RowParts deal(Splitting splitting, int[] kinds, long seed) {
    return splitting.deal(
        IntStream.range(0, kinds.length).toArray(),
        rows -> some(kinds, rows),
        rows -> some(kinds, rows),
        seed);
  }

  private static long count(int[] kinds, int[] rows, int kind) {
    return Arrays.stream(rows).filter(row -> kinds[row] == kind).count();
  }

  private static void assertEachRowOnce(RowParts parts, int rows) {
    assertArrayEquals(
        IntStream.range(0, rows).toArray(),
        IntStream.concat(
                Arrays.stream(parts.training()),
                IntStream.concat(Arrays.stream(parts.validation()), Arrays.stream(parts.test())))
            .sorted()
            .toArray());
  }

  @Property
  void eachClassHasItsShareInEachPart(
      @ForAll @IntRange(min = 20, max = 300) int rows,
      @ForAll @DoubleRange(min = 0.1, max = 0.45) double validation,
      @ForAll @DoubleRange(min = 0.1, max = 0.45) double test,
      @ForAll long seed) {
    int[] kinds = kinds(rows, seed);
    RowParts parts =
        deal(
            new Splitting(
                validation, test, SplitOrder.STRATIFIED, Optional.empty(), Optional.empty()),
            kinds,
            seed);
    assertEachRowOnce(parts, rows);
    for (int kind = 0; kind < KINDS; kind++) {
      double all = Arrays.stream(kinds).filter(own(kind)).count();
      assertTrue(Math.abs(count(kinds, parts.validation(), kind) - validation * all) < 1);
      assertTrue(Math.abs(count(kinds, parts.test(), kind) - test * all) < 1);
    }
  }

  /** Whatever the order, groups and folds: what validated trains, and the test rows stay. */
  @Property(tries = 200)
  void withoutValidationTheSameRowsTest(
      @ForAll @IntRange(min = 20, max = 300) int rows,
      @ForAll @DoubleRange(min = 0.1, max = 0.3) double validation,
      @ForAll @DoubleRange(min = 0.1, max = 0.3) double test,
      @ForAll @IntRange(max = 3) int form,
      @ForAll long seed) {
    int[] kinds = kinds(rows, seed);
    Splitting splitting =
        new Splitting(
            form == 3 ? 0 : validation,
            test,
            form == 0 ? SplitOrder.ORDERED : SplitOrder.STRATIFIED,
            form == 1 ? Optional.of("row") : Optional.empty(),
            form == 3 ? Optional.of(new Fold(2, 3)) : Optional.empty());
    int[] places = IntStream.range(0, rows).toArray();
    RowParts parts = splitting.deal(places, some -> some(kinds, some), some -> some, seed);
    RowParts all =
        splitting.withoutValidation().deal(places, some -> some(kinds, some), some -> some, seed);
    assertArrayEquals(parts.test(), all.test());
    assertEquals(0, all.validation().length);
    assertEachRowOnce(all, rows);
  }

  private static IntPredicate own(int kind) {
    return each -> each == kind;
  }

  @Property(tries = 200)
  void foldsHaveEachRowOnceAndEachClassInItsShare(
      @ForAll @IntRange(min = 20, max = 200) int rows,
      @ForAll @IntRange(min = 2, max = 7) int folds,
      @ForAll long seed) {
    int[] kinds = kinds(rows, seed);
    int[] validated = new int[rows];
    for (int fold = 1; fold <= folds; fold++) {
      RowParts parts =
          deal(
              new Splitting(
                  0,
                  0,
                  SplitOrder.STRATIFIED,
                  Optional.empty(),
                  Optional.of(new Fold(fold, folds))),
              kinds,
              seed);
      assertEachRowOnce(parts, rows);
      Arrays.stream(parts.validation()).forEach(row -> validated[row]++);
      for (int kind = 0; kind < KINDS; kind++) {
        double share = Arrays.stream(kinds).filter(own(kind)).count() / (double) folds;
        assertTrue(Math.abs(count(kinds, parts.validation(), kind) - share) < 1);
      }
    }
    assertTrue(Arrays.stream(validated).allMatch(times -> times == 1));
  }

  @Property(tries = 200)
  void groupsStayTogether(
      @ForAll @IntRange(min = 30, max = 200) int rows, @ForAll boolean folded, @ForAll long seed) {
    int[] groups = new Random(seed).ints(rows, 0, 15).toArray();
    RowParts parts =
        deal(
            new Splitting(
                folded ? 0 : 0.3,
                0.2,
                SplitOrder.STRATIFIED,
                Optional.of("patient"),
                folded ? Optional.of(new Fold(1, 3)) : Optional.empty()),
            groups,
            seed);
    assertEachRowOnce(parts, rows);
    for (int group = 0; group < 15; group++) {
      int in = group;
      long parted =
          Stream.of(parts.training(), parts.validation(), parts.test())
              .filter(part -> count(groups, part, in) > 0)
              .count();
      assertTrue(parted <= 1);
    }
  }

  @Example
  void theSameSeedDrawsTheSameAndAnotherDoesNot() {
    Splitting splitting = Splitting.stratified(0.3);
    int[] kinds = kinds(100, 5);
    assertArrayEquals(
        deal(splitting, kinds, 1).validation(), deal(splitting, kinds, 1).validation());
    assertTrue(
        !Arrays.equals(
            deal(splitting, kinds, 1).validation(), deal(splitting, kinds, 2).validation()));
  }

  @Example
  void theLastRowsTestAndThoseBeforeThemValidate() {
    RowParts parts =
        deal(
            new Splitting(0.2, 0.3, SplitOrder.ORDERED, Optional.empty(), Optional.empty()),
            kinds(10, 1),
            1);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, parts.training());
    assertArrayEquals(new int[] {5, 6}, parts.validation());
    assertArrayEquals(new int[] {7, 8, 9}, parts.test());
  }

  @Example
  void refusesWhatLeavesAPartEmpty() {
    assertEquals(
        "validation split 0.6 and test split 0.4 leave no row to train on",
        assertThrows(
                InputException.class,
                () ->
                    new Splitting(0.6, 0.4, SplitOrder.ORDERED, Optional.empty(), Optional.empty()))
            .getMessage());
    assertEquals(
        "the splits leave no row to validate on; give other parts, or more rows",
        assertThrows(
                InputException.class,
                () ->
                    deal(
                        new Splitting(
                            0,
                            0,
                            SplitOrder.STRATIFIED,
                            Optional.of("g"),
                            Optional.of(new Fold(3, 3))),
                        new int[] {0, 1},
                        1))
            .getMessage());
    for (String text : List.of("", "1", "0/3", "4/3", "1/1", "a/b", "1/2/3")) {
      assertThrows(InputException.class, () -> Fold.parse(text), text);
    }
    assertEquals(new Fold(2, 5), Fold.parse(" 2/5 "));
  }
}
