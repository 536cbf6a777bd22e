package dev.anneal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.comparison.Comparison;
import dev.anneal.experiments.EpochRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fitsAHundredColumns(boolean unicode) throws Exception {
    String text = TextReport.render(SampleRuns.six(), unicode);
    Files.createDirectories(Path.of("target", "reports"));
    Files.writeString(Path.of("target", "reports", unicode ? "six.txt" : "six-ascii.txt"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    assertEquals(unicode, text.chars().anyMatch(c -> c > 127));
  }

  @Test
  void alignsNumbersToTheRight() {
    List<String> lines = TextReport.render(SampleRuns.six(), true).lines().limit(7).toList();
    int end = lines.getFirst().indexOf("val loss") + "val loss".length();
    for (String line : lines) {
      assertEquals(' ', line.charAt(end));
      assertFalse(line.charAt(end - 1) == ' ', line);
    }
    assertTrue(lines.get(1).startsWith("1  "));
  }

  @Test
  void shortensLongNamesAndSpecifications() {
    Comparison comparison =
        SampleRuns.comparison(1, SampleRuns.run("n".repeat(200), SampleRuns.row(1, 0.1, 0.2, 0.9)));
    String first = TextReport.render(comparison, true).lines().skip(1).findFirst().orElseThrow();
    assertTrue(first.length() <= 100 && first.contains("n…"), first);
    assertTrue(first.contains("constant(0.1)"), first);
  }

  @Test
  void letsNoNameSteerTheTerminal() {
    String text =
        TextReport.render(
            SampleRuns.comparison(1, SampleRuns.run("a\u001b[2Jb\nc", EpochRecord.NONE)), true);
    assertTrue(text.contains("a?[2Jb?c"), text);
  }
}
