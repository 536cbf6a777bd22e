package dev.anneal.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.numeric.Numbers;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CellProperties {
  private static final Cell CELL = Cell.of('.', ',', Set.of());

  private static long bits(Cell cell, String text) {
    return Double.doubleToRawLongBits(
        cell.number(("x" + text + "9").toCharArray(), 1, text.length() + 1, false));
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> signs = Arbitraries.of("", "-", "+");
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(22);
    Arbitrary<String> fractions =
        Arbitraries.strings().numeric().ofMaxLength(22).map(text -> "." + text).injectNull(0.2);
    Arbitrary<String> exponents =
        Combinators.combine(
                Arbitraries.of("e", "E", "e-", "e+"), Arbitraries.integers().between(0, 400))
            .as((e, power) -> e + power)
            .injectNull(0.5);
    return Combinators.combine(signs, digits, fractions, exponents)
        .as((sign, whole, fraction, exponent) ->
            sign + whole + (fraction == null ? "" : fraction) + (exponent == null ? "" : exponent));
  }

  @Property(tries = 20_000)
  void aNumberIsTheNearestDouble(@ForAll("numbers") String text) {
    assertEquals(Double.doubleToRawLongBits(Double.parseDouble(text)), bits(CELL, text), text);
  }

  @Property(tries = 5_000)
  void aDoubleIsReadBackWithTheSameBits(@ForAll double value) {
    long bits = Double.doubleToRawLongBits(value);
    assertEquals(bits, bits(CELL, Double.toString(value)));
    assertEquals(bits, bits(Cell.of(',', '.', Set.of()), Numbers.print(value).replace('.', ',')));
  }

  /** Of texts that are almost numbers, those are numbers that the notation of plugins reads. */
  @Property(tries = 20_000)
  void whatIsANumberIsOneElsewhereToo(@ForAll("almost") String text) {
    double expected = Numbers.parse(text).orElse(Double.NaN);
    assertEquals(
        Double.doubleToRawLongBits(expected), bits(Cell.of('.', '_', Set.of()), text), text);
  }

  @Provide
  Arbitrary<String> almost() {
    return Arbitraries.strings().withChars("-+.e01 x").ofMaxLength(7);
  }
}
