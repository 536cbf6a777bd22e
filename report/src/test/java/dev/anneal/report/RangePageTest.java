package dev.anneal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeCurve;
import dev.anneal.experiments.range.RangeResult;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RangePageTest {
  private static final Ladder LADDER = new Ladder(Ladder.Spacing.EXPONENTIAL, 1e-6, 10, 100);

  /** Falls from step 50 to another, then diverges. */
  private static RangeCurve curve(long seed, int to) {
    double[] losses =
        IntStream.range(0, 100)
            .mapToDouble(i -> i > to ? 1e9 : 1 - Math.clamp(i - 50, 0, 50) / 25.0)
            .toArray();
    return new RangeCurve(seed, LADDER, OptionalDouble.empty(), losses);
  }

  private static RangeResult result(RangeCurve... curves) {
    return new RangeResult(
        "learning_rate", List.of("base"), List.of(), LADDER, Arrays.asList(curves));
  }

  @Test
  void theImageIsToScale() {
    String svg = RangeChart.render(result(curve(1, 99)));
    Matcher curve = Pattern.compile("class=\"curve[^>]* d=\"M([\\d.]+) ([\\d.]+)L").matcher(svg);
    assertTrue(curve.find());
    assertEquals(66.0, Double.parseDouble(curve.group(1)), "the first rate is at the left");
    // The start is at 1 and the least at about -0.2; there is room for a half of that above.
    double height = (328 - Double.parseDouble(curve.group(2))) / 300;
    assertEquals(1 / 1.5, height, 1e-3);
    assertFalse(Pattern.compile("href|<script|NaN|[\\d]{6}").matcher(svg).find(), svg);
    assertTrue(svg.contains("prefers-color-scheme: dark"));
  }

  @Test
  void aRowIsAStepAndEndsWhereAClimbDid() {
    RangeCurve stopped = new RangeCurve(7, LADDER, OptionalDouble.empty(), 0.5, 0.25, Double.NaN);
    List<String> rows = RangeFiles.csv(result(curve(3, 99), stopped)).lines().toList();
    assertEquals(101, rows.size());
    assertEquals("step,rate,loss_3,smoothed_3,loss_7,smoothed_7", rows.getFirst());
    assertEquals("0,1.0E-6,1.0,1.0,0.5,0.5", rows.get(1));
    assertTrue(rows.get(2).endsWith(",0.25," + stopped.smoothed(1)), rows.get(2));
    assertTrue(rows.get(3).endsWith(",1.0,1.0,,"), rows.get(3));
  }

  @Test
  void whatIsNotSuggestedIsNullWithItsReason() {
    ObjectNode json = RangeJson.of(result(curve(1, 99)));
    assertTrue(json.get("suggestion").isNull());
    assertEquals(
        "minimum/10: the loss still falls at the top of the ladder: climb higher (--to)",
        json.get("reason").stringValue());
    assertTrue(json.at("/valley/suggestion").isNumber());
    assertTrue(json.at("/least").isNumber(), "the valley of the seed");
    assertEquals("top", json.at("/seeds/0/end").stringValue());
  }

  @Test
  void sentencesSayWhatWasFoundAndWhatItIs() {
    RangeResult result = result(curve(1, 70), curve(2, 72));
    assertTrue(
        RangeWords.suggestion(result)
            .matches(
                "Try [\\d.]+ as the centre of a grid: [\\d.]+, [\\d.]+ and [\\d.]+\\. It is no"
                    + " answer; training decides\\."),
        RangeWords.suggestion(result));
    assertTrue(RangeWords.agreement(result).isPresent());
    assertEquals(
        "learning rate from 1e-6 to 10 in 100 updates, exponential, 2 seeds",
        RangeWords.setting(result));
    RangeResult flat = result(new RangeCurve(1, LADDER, OptionalDouble.empty(), new double[100]));
    assertEquals("No suggestion: minimum/10: the loss does not fall.", RangeWords.suggestion(flat));
    assertTrue(RangeWords.agreement(flat).isEmpty());
    assertEquals(List.of("Climbs ended: 1 at the top of the ladder."), RangeWords.notes(flat));
    assertFalse(RangeChart.render(flat).contains("NaN"));
  }
}
