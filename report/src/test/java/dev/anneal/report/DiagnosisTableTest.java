package dev.anneal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTableTest {
  @Test
  void showsTheFirstTheMiddleAndTheLastEpoch() {
    RunRecord run = SampleRuns.diagnosed().runs().getFirst();
    assertEquals(
        """
                                     epoch 1     epoch 3     epoch 5
        gradient norm    dense_1         0.5       0.125      0.0313
                         dense_2           –        0.25      0.0625
        update ratio     dense_1         0.8         0.2        0.05
                         dense_2           –        1e-6           0
        clip factor      all               1         0.5        0.25
        hint: at epoch 3 the update ratio is far above 0.001 for dense_1 (0.2); by a rule of thumb (the notes of CS231n) the rate may be too high
        hint: at epoch 3 the update ratio is far below 0.001 for dense_2 (1e-6); by a rule of thumb (the notes of CS231n) the rate may be too low
        """
            .lines()
            .toList(),
        DiagnosisTable.render(run.diagnostics(), true));
  }

  @Test
  void fewEpochsHaveFewColumnsAndAPlainTerminalPlainCharacters() {
    Diagnostics diagnostics =
        new Diagnostics(
            List.of(
                new Diagnostics.Quantity(
                    "clip_factor", List.of(new Diagnostics.Line("ä", List.of(0.5, Double.NaN))))));
    assertEquals(
        List.of(
            "                       epoch 1     epoch 2",
            "clip factor      ?         0.5           -"),
        DiagnosisTable.render(diagnostics, false));
  }

  @Test
  void nothingWhereNothingWasLookedAt() {
    assertEquals(List.of(), DiagnosisTable.render(Diagnostics.NONE, true));
  }
}
