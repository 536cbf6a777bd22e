package dev.anneal.bench.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  private static Optional<Line> parse(String line) {
    return Line.parse(line.replace('|', '\t'));
  }

  @Test
  void hasFiveFields() {
    assertEquals(
        Optional.of(new Line("mkl", new Row("product 64x200x512 NT", 2, "GFLOP/s"), 152.4)),
        parse("mkl|product 64x200x512 NT|2|152.4|GFLOP/s"));
    assertEquals(
        Optional.of(new Line("anneal", new Row("step, of the ceiling", 1, ""), 17360)),
        parse("anneal|step, of the ceiling|1|1.736e+04|"));
  }

  @Test
  void bestValuesAreLeftOut() {
    assertTrue(parse("mkl|step 34-34-1 sgd best|1|9.8|us/step").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mkl|product|1|5",
        "mkl|product|1|5|GFLOP/s|",
        "mkl|product|one|5|GFLOP/s",
        "mkl|product|1|fast|GFLOP/s",
        "mkl|product|1|NaN|GFLOP/s",
        "mkl|product|1|Infinity|GFLOP/s",
        "mkl|product|1|-5|GFLOP/s"
      })
  void whatIsNoMeasurementIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> parse(line));
  }

  @ParameterizedTest
  @CsvSource({
    "GFLOP/s, 2",
    "samples/s, 2",
    "'', 2",
    "us/step, 0.5",
    "s, 0.5",
  })
  void whetherMoreIsFasterFollowsFromTheUnit(String unit, double times) {
    assertEquals(times, new Row("row", 1, unit).times(200, 100));
  }
}
