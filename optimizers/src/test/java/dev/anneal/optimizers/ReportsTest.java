package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules show of their first step from (3, 4) along (0, 2), at a loss of 1. */
class ReportsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adafactor | clip_factor | 1",
        "adafactor(clip_threshold=0.5) | clip_factor | 0.7071067811865476",
        "dog(initial=0.2, initial_as=distance) | step_size | 0.1",
        "dog(initial=0.2) | step_size | 0.6",
        "dowg(initial=0.2, epsilon=1e-15) | step_size | 0.22360679774997896",
        "polyak-sgd | step_size | 0.25",
        "momo | step_size | 0.25",
        "momo(0.1) | step_size | 0.1",
        "momo-adam | step_size | 0.1",
        "lamb(0.01, epsilon=1e-12) | trust_ratio | 5",
        "lars(trust_coefficient=0.1) | trust_ratio | 0.25",
        "clip(sgd, norm=1) | clip_factor | 0.5",
        "clip(sgd, norm=3) | clip_factor | 1",
        "clip(sgd, global_norm=0.5) | clip_factor | 0.25",
        "prodigy(d0=0.01) | d | 0.01",
        "dadapt-adamw(d0=0.01) | d | 0.01",
      })
  void ofTheFirstStep(String text, String name, double expected) {
    Doubles run = new Doubles(Catalogue.load().optimizer(text), 3, 4);
    run.step(0, 2);
    Map<String, Double> reports = run.reports();
    assertEquals(expected, reports.getOrDefault(name, Double.NaN), 1e-8, reports.toString());
  }
}
