package dev.anneal.api.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.377     | 0.3770
          0.0286    | 0.02860
          9.99996   | 10.00
          2.302585  | 2.303
          56712.3   | 56,710
          999999    | 1,000,000
          0.0001    | 0.0001000
          0.00001   | 1.000e-5
          -0.5      | -0.5000
          1.5e12    | 1.500e12
          0         | 0
          NaN       | –
          Infinity  | ∞
          -Infinity | -∞
          """)
  void showsFourSignificantDigits(double value, String text) {
    assertEquals(text, NumberFormats.four(value));
  }
}
