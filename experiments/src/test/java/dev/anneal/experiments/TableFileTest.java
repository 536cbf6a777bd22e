package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
  @Test
  void aFileThatIsMissingFromTheNameIsSaid() {
    assertRefused("the file is missing; write csv:FILE", () -> TableFile.path("csv: "));
    assertRefused(
        "the file's name is not valid: Nul character not allowed",
        () -> TableFile.path("csv:a\0b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/iris.csv", "iris.tsv", "iris.csv.GZ", "titanic.arff"})
  void aFileWithoutItsPrefixIsRecognized(String name) {
    assertRefused(
        "no data set is named \"%s\" (did you mean \"csv:%1$s\"?)".formatted(name),
        () -> TableFile.openSet(name, Optional.empty()));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(InputException.class, action::run).getMessage());
  }
}
