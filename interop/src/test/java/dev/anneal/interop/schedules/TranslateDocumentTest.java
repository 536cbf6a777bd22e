package dev.anneal.interop.schedules;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each schedule that docs/TRANSLATE.md tells to write is one. */
class TranslateDocumentTest {
  private static final Pattern ROW = Pattern.compile("\\| .* \\| `([^`]+)` \\|");

  @TestFactory
  Stream<DynamicTest> whatItTellsToWriteCanBeRead() throws IOException {
    Catalogue catalogue = Catalogue.load();
    List<String> specs =
        Files.readAllLines(Path.of("..", "docs", "TRANSLATE.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .toList();
    assertTrue(specs.size() > 60, specs.toString());
    return specs.stream()
        .map(spec ->
            DynamicTest.dynamicTest(
                spec, () -> assertDoesNotThrow(() -> catalogue.schedule(spec))));
  }
}
