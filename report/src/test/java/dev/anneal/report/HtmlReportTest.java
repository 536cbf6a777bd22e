package dev.anneal.report;

import static dev.anneal.report.SampleRuns.comparison;
import static dev.anneal.report.SampleRuns.row;
import static dev.anneal.report.SampleRuns.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.comparison.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  /** Kept in the build folder, to be looked at. */
  @Test
  void rendersPages() throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "reports"));
    HtmlReport.write(SampleRuns.six(), folder.resolve("six.html"));
    HtmlReport.write(SampleRuns.one(), folder.resolve("one.html"));
    HtmlReport.write(SampleRuns.diverged(), folder.resolve("diverged.html"));
    HtmlReport.write(SampleRuns.diagnosed(), folder.resolve("diagnosed.html"));
    assertTrue(Files.size(folder.resolve("six.html")) < 500_000);
  }

  @Test
  void loadsNothing() {
    String page = HtmlReport.render(SampleRuns.six());
    assertTrue(page.contains("default-src 'none'"));
    for (String loader :
        new String[] {
          "\\ssrc\\s*=\\s*[\"']", "href\\s*=\\s*[\"'](?!data:,)", "url\\(", "@import", "fetch\\("
        }) {
      assertFalse(Pattern.compile(loader).matcher(page).find(), loader);
    }
    // The one address is in the comment by which the charts' library names itself.
    String addresses = page.replace("/*! https://github.com/leeoniya/uPlot (v1.6.32) */", "");
    assertFalse(Pattern.compile("https?://").matcher(addresses).find());
  }

  @Test
  void hasNoHoleLeft() {
    assertFalse(
        Pattern.compile("\\{\\{\\{?\\w+}}").matcher(HtmlReport.render(SampleRuns.six())).find());
  }

  @Test
  void carriesTheLicenceOfTheChartLibrary() {
    assertTrue(HtmlReport.render(SampleRuns.one()).contains("Copyright (c) 2022 Leon Sorokin"));
  }

  @Test
  void showsHostileNamesAsText() {
    String name = "</script><script>alert(1)</script><img src=x onerror='a'>\"{{title}}$1\\";
    String page = HtmlReport.render(comparison(1, run(name, row(1, 0.1, 0.2, 0.9))));
    assertFalse(page.contains("<script>alert"));
    assertFalse(page.contains("<img"));
    assertTrue(
        page.contains(
            "<bdi>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
                + "&lt;img src=x onerror=&#39;a&#39;&gt;&quot;{{title}}$1\\</bdi>"));
    assertEquals(name, data(page).at("/runs/0/name").stringValue());
  }

  @Test
  void embedsTheSameDataAsTheFile() {
    Comparison comparison = SampleRuns.six();
    String data = data(HtmlReport.render(comparison)).toString();
    assertTrue(data.equals(ComparisonJson.of(comparison).toString()), "too long to print");
  }

  @Test
  void showsWhatIsNotFinite() {
    Comparison comparison = SampleRuns.diverged();
    String page = HtmlReport.render(comparison);
    assertTrue(page.contains("<bdi>too fast</bdi> <small>diverged</small>"));
    assertTrue(data(page).at("/runs/0/loss").isNull());
    assertTrue(data(page).at("/runs/0/history/9/val_loss").isNull());
    assertEquals(3, data(page).at("/runs/0/rank").intValue());
  }

  @Test
  void rendersRunsWithoutEpochsAndComparisonsWithoutRuns() {
    assertTrue(HtmlReport.render(comparison(3, run("none"))).contains("0 of 3 epochs"));
    assertTrue(HtmlReport.render(comparison(3)).contains("No run ended"));
  }

  private static final Pattern DIAGNOSES =
      Pattern.compile("<tr data-run=\"(\\d)\">(.*?)</tr>", Pattern.DOTALL);

  /** Also without JavaScript. */
  @Test
  void theTableHasWhatTheOptimizerDidInTheLastEpoch() {
    Matcher row = DIAGNOSES.matcher(HtmlReport.render(SampleRuns.diagnosed()));
    List<List<String>> rows = new ArrayList<>();
    while (row.find()) {
      assertEquals("0", row.group(1));
      rows.add(
          row.group(2).replaceAll("<[^>]*>", "").lines().map(String::strip).toList().stream()
              .filter(cell -> !cell.isEmpty())
              .toList());
    }
    assertEquals(
        List.of(
            List.of("diagnosed", "dense_1", "0.03125", "0.05000", "–"),
            List.of("diagnosed", "dense_2", "0.06250", "0", "–"),
            List.of("diagnosed", "all", "–", "–", "0.2500")),
        rows);
  }

  @Test
  void saysWhatIsUnusualOfTheOptimizer() {
    String page = HtmlReport.render(SampleRuns.diagnosed());
    assertTrue(page.contains("<h2 id=\"diagnosis\">What the optimizer did</h2>"));
    assertTrue(page.contains("<th scope=\"col\">Clip factor</th>"));
    assertTrue(page.contains("<b>hint:</b> diagnosed: at epoch 3 the update ratio is far above"));
    assertFalse(HtmlReport.render(SampleRuns.six()).contains("id=\"diagnosis\""));
  }

  @Test
  void listsWhatTheLinterSays() {
    String page = HtmlReport.render(SampleRuns.diagnosed());
    assertTrue(page.contains("<h2 id=\"lint\">"));
    Pattern finding =
        Pattern.compile("data-run=\"1\"></span><b>(warning|error):</b> plain: .*\\[negative]</li>");
    assertTrue(finding.matcher(page).find());
    assertFalse(page.contains(":</b> diagnosed: the"), "nothing to say");
    assertFalse(HtmlReport.render(SampleRuns.six()).contains("id=\"lint\""));
  }

  @Test
  void idsAreUniqueAndElementsAreClosed() {
    String page = HtmlReport.render(SampleRuns.diagnosed());
    Matcher id = Pattern.compile("\\sid=\"(\\w+)\"").matcher(page);
    List<String> ids = id.results().map(result -> result.group(1)).toList();
    assertEquals(ids.stream().distinct().toList(), ids);
    Matcher label = Pattern.compile("aria-labelledby=\"(\\w+)\"").matcher(page);
    assertTrue(ids.containsAll(label.results().map(result -> result.group(1)).toList()));
    Deque<String> open = new ArrayDeque<>();
    String markup = page.substring(page.indexOf("<body>"), page.indexOf("<script"));
    Pattern tag = Pattern.compile("<(/?)(\\w+)[^>]*>");
    tag.matcher(markup)
        .results()
        .filter(each -> !List.of("input", "wbr").contains(each.group(2)))
        .forEach(each -> {
          if (each.group(1).isEmpty()) {
            open.push(each.group(2));
          } else {
            assertEquals(each.group(2), open.pop());
          }
        });
    assertEquals(List.of("body"), List.copyOf(open));
  }

  @Test
  void replacesAFileAndLeavesNothingBesideIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    HtmlReport.write(SampleRuns.one(), file);
    assertEquals(HtmlReport.render(SampleRuns.one()), Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  private static JsonNode data(String page) {
    Matcher matcher = DATA.matcher(page);
    assertTrue(matcher.find());
    return JsonMapper.shared().readTree(matcher.group(1));
  }
}
