package dev.anneal.report;

import static java.util.stream.Collectors.joining;

import dev.anneal.preview.Preview;
import dev.anneal.preview.lint.Linter;
import java.util.Locale;
import java.util.Map;

/** What there is to say of one curve of a page, as items of a list. */
final class FindingList {
  private static final Template ITEM = Template.of("finding.html");

  private FindingList() {}

  /** What the linter has against a preview, each with some words before it. */
  static String of(int curve, String before, Preview preview) {
    return Linter.check(preview).stream()
        .map(finding ->
            item(
                curve,
                finding.severity().name().toLowerCase(Locale.ROOT),
                before + finding.sentence()))
        .collect(joining());
  }

  /** One item. */
  static String item(int curve, String severity, String sentence) {
    return ITEM.fill(
        Map.of("index", Integer.toString(curve), "severity", severity, "sentence", sentence));
  }
}
