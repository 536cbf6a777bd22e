package dev.anneal.formulas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Random formulas, each beside the value that it was made with. */
class FormulaProperties {
  /** A formula of t and what it comes to. */
  record Known(String text, java.util.function.DoubleUnaryOperator value) {}

  @Provide
  Arbitrary<Known> formulas() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.just(new Known("t", t -> t)),
        () -> Arbitraries.doubles().between(0, 100).map(n -> new Known(n.toString(), t -> n)),
        () ->
            Combinators.combine(formulas(), formulas(), Arbitraries.integers().between(0, 6))
                .as(this::two),
        () -> Combinators.combine(formulas(), Arbitraries.integers().between(0, 4)).as(this::one));
  }

  private Known two(Known a, Known b, int which) {
    String infix = "(%s) %s (%s)";
    return switch (which) {
      case 0 ->
          new Known(
              infix.formatted(a.text, "+", b.text),
              t -> a.value.applyAsDouble(t) + b.value.applyAsDouble(t));
      case 1 ->
          new Known(
              infix.formatted(a.text, "-", b.text),
              t -> a.value.applyAsDouble(t) - b.value.applyAsDouble(t));
      case 2 ->
          new Known(
              infix.formatted(a.text, "*", b.text),
              t -> a.value.applyAsDouble(t) * b.value.applyAsDouble(t));
      case 3 ->
          new Known(
              infix.formatted(a.text, "/", b.text),
              t -> a.value.applyAsDouble(t) / b.value.applyAsDouble(t));
      case 4 ->
          new Known(
              infix.formatted(a.text, "^", b.text),
              t -> StrictMath.pow(a.value.applyAsDouble(t), b.value.applyAsDouble(t)));
      case 5 ->
          new Known(
              "min(%s, %s)".formatted(a.text, b.text),
              t -> Math.min(a.value.applyAsDouble(t), b.value.applyAsDouble(t)));
      default ->
          new Known(
              "if(%s < %s, 1, -1)".formatted(a.text, b.text),
              t -> a.value.applyAsDouble(t) < b.value.applyAsDouble(t) ? 1 : -1);
    };
  }

  private Known one(Known a, int which) {
    return switch (which) {
      case 0 -> new Known("-(" + a.text + ")", t -> -a.value.applyAsDouble(t));
      case 1 -> new Known("sqrt(" + a.text + ")", t -> Math.sqrt(a.value.applyAsDouble(t)));
      case 2 -> new Known("exp(" + a.text + ")", t -> StrictMath.exp(a.value.applyAsDouble(t)));
      case 3 -> new Known("cos(" + a.text + ")", t -> StrictMath.cos(a.value.applyAsDouble(t)));
      default -> new Known("floor(" + a.text + ")", t -> Math.floor(a.value.applyAsDouble(t)));
    };
  }

  @Property
  void aFormulaIsItsArithmetic(
      @ForAll("formulas") Known known, @ForAll @IntRange(max = 1000) int t, @ForAll Unit per) {
    if (known.text.length() > 2000) {
      return;
    }
    double expected = known.value.applyAsDouble(t);
    Progress at = Progress.at(t, 1, 1000);
    if (Double.isNaN(expected)) {
      assertThrows(InputException.class, () -> new Formula(known.text, per).at(at));
    } else {
      Schedule schedule = new Formula(known.text, per);
      assertEquals(Math.clamp(expected, -Double.MAX_VALUE, Double.MAX_VALUE), schedule.at(at));
      assertEquals(
          schedule,
          Catalogue.of(List.of(new FormulaProvider())).schedule(Catalogue.print(schedule)));
    }
  }

  @Property
  void perEpochItIsConstantWithinAnEpoch(
      @ForAll @IntRange(min = 1, max = 100) int perEpoch, @ForAll @IntRange(max = 50) int epoch) {
    var schedule = new Formula("t + iteration + epochs + progress + total", Unit.EPOCH);
    long first = (long) epoch * perEpoch;
    assertEquals(
        schedule.at(Progress.at(first, perEpoch, 3000)),
        schedule.at(Progress.at(first + perEpoch - 1, perEpoch, 3000)));
  }
}
