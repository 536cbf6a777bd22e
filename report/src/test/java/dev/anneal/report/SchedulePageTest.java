package dev.anneal.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchedulePageTest {
  private static final PlannedRun RUN = PlannedRun.of(10, 100, true);
  private static final List<Preview> TWO =
      List.of(
          preview(
              "sgd(lr=sequence([0.1, 0.02], boundaries=[4ep]), momentum=polynomial(initial=0.9,"
                  + " end=0.5) per epoch)"),
          preview("sgd(lr=time-based(initial=0.1, decay=0.1) per iteration)"));

  private static Preview preview(String optimizer) {
    return Preview.ofOptimizer("<b>" + optimizer, Catalogue.load().optimizer(optimizer), RUN);
  }

  /** The curves of an image, those of its legend last. */
  private static List<String> curves(String svg) {
    return Pattern.compile("<path class=\"curve[^>]* d=\"([^\"]*)\"")
        .matcher(svg)
        .results()
        .map(curve -> curve.group(1))
        .toList();
  }

  /** Where a curve goes, as pairs of x and y. */
  private static List<double[]> points(String curve) {
    return Pattern.compile("([\\d.]+) ([\\d.]+)")
        .matcher(curve)
        .results()
        .map(pair ->
            new double[] {Double.parseDouble(pair.group(1)), Double.parseDouble(pair.group(2))})
        .toList();
  }

  @Test
  void theImageIsToScale() {
    List<String> curves = curves(SvgChart.render(TWO));
    // Two rates, a momentum, two lines of the legend.
    assertEquals(5, curves.size());
    List<double[]> jump = points(curves.getFirst());
    double left = jump.getFirst()[0];
    double perUpdate = (jump.getLast()[0] - left) / 999;
    double fall =
        jump.stream().filter(point -> point[1] > jump.getFirst()[1]).findFirst().orElseThrow()[0];
    assertEquals(400, (fall - left) / perUpdate, 0.2);
    // 0.02 is a fifth of 0.1 above 0, where the second curve ends up at 0.1 / (1 + 99.9).
    double top = jump.getFirst()[1];
    double low = jump.getLast()[1];
    double nearZero = points(curves.get(1)).getLast()[1];
    assertEquals((0.1 - 0.02) / (0.1 - 0.1 / 100.9), (low - top) / (nearZero - top), 1e-3);
  }

  @Test
  void theImageLoadsNothingAndFollowsTheSystem() {
    String svg = SvgChart.render(TWO);
    assertTrue(svg.contains("prefers-color-scheme: dark"));
    assertTrue(svg.contains("&lt;b&gt;sgd"));
    assertFalse(Pattern.compile("href|url\\(|<script|<b>").matcher(svg).find());
    assertFalse(svg.contains("NaN"));
  }

  @Test
  void ticksAreRoundNumbersWithin() {
    assertArrayEquals(
        new double[] {0, 0.02, 0.04, 0.06, 0.08, 0.1},
        SvgChart.ticks(0, 0.104, 6).toArray(),
        1e-15);
    assertArrayEquals(new double[] {0, 20, 40, 60, 80, 100}, SvgChart.ticks(0, 100, 8).toArray());
    assertArrayEquals(new double[] {-5, 0, 5}, SvgChart.ticks(-6, 7, 3).toArray());
    assertTrue(SvgChart.ticks(-1e17, -1e17 + 16, 6).count() <= 2, "no number lies between");
    assertEquals(0, SvgChart.ticks(-Double.MAX_VALUE, Double.MAX_VALUE, 6).count());
    assertEquals(0, SvgChart.ticks(0, Double.MIN_VALUE, 6).count());
  }

  @Test
  void thePageHasCurvesTablesAndFindings() {
    String page = SchedulePage.render(TWO, "anneal schedule");
    assertFalse(Pattern.compile("\\{\\{\\{?\\w+}}").matcher(page).find());
    assertTrue(page.contains("default-src 'none'"));
    assertTrue(page.contains("[decay-per-iteration]"));
    assertTrue(
        page.contains(
            "<td class=\"spec\">schedule 2 <small></small></td>\n  <td>400</td>\n  <td>4</td>"));
    assertFalse(page.contains("<b>sgd"));
    Matcher data = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertTrue(data.find());
    JsonNode json = JsonMapper.shared().readTree(data.group(1));
    assertEquals("learning rate", json.at("/charts/0/name").stringValue());
    assertEquals(1000, json.at("/charts/0/curves/0/values").size());
    assertEquals(0.02, json.at("/charts/0/curves/0/values/400").asDouble());
    assertEquals("momentum", json.at("/charts/1/name").stringValue());
    assertEquals(1, json.at("/charts/1/curves").size());
  }
}
