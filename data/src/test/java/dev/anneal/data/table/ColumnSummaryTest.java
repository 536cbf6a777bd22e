package dev.anneal.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnSummaryTest {
  @TempDir private Path folder;

  @Test
  void summariesAreOfWhatIsThere() throws IOException {
    Table table =
        Table.read(Files.writeString(folder.resolve("a.csv"), "n,t\n1,b\n?,a\n3,a\n3,NA\n"));
    ColumnSummary numbers = ColumnSummary.of(table.columns().get(0));
    assertEquals(2, numbers.distinct());
    assertEquals(1, numbers.least());
    assertEquals(7 / 3.0, numbers.mean(), 1e-12);
    assertEquals(Math.sqrt(8) / 3, numbers.deviation(), 1e-12);
    assertEquals(3, numbers.greatest());
    ColumnSummary texts = ColumnSummary.of(table.columns().get(1));
    assertEquals("{a=2, b=1}", texts.counts().toString());
  }
}
