package dev.anneal.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFindingTest {
  @TempDir private Path folder;

  private List<String> found(String text) throws IOException {
    Table table = Table.read(Files.writeString(folder.resolve("a.csv"), text));
    return TableFinding.of(table, table.columns().size() - 1).stream()
        .map(finding -> finding.column() + ": " + finding.what())
        .toList();
  }

  /** Rows of a number between 0 and 1, another one, and a class. */
  private static String rows(String header, int rows, double factor, boolean sorted, String more) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder(header + "\n");
    for (int i = 0; i < rows; i++) {
      text.append(
          "%s,%s%s,%s%n"
              .formatted(
                  random.nextFloat(),
                  random.nextFloat() * factor,
                  more.formatted(i + 1),
                  sorted ? (i < rows / 2 ? "a" : "b") : (i % 2 == 0 ? "a" : "b")));
    }
    return text.toString();
  }

  @Test
  void anOrdinaryTableHasNone() throws IOException {
    assertEquals(List.of(), found(rows("x,y,kind", 40, 1, false, "")));
    assertEquals(List.of(), found(rows("x,y,kind", 40, 50, false, "")));
  }

  @Test
  void aColumnOfOneValueTellsNothing() throws IOException {
    assertEquals(
        List.of("z: it is the same in all rows"), found(rows("x,y,z,kind", 40, 1, false, ",7")));
    assertEquals(
        List.of("z: it is the same in all rows"), found(rows("x,y,z,kind", 40, 1, false, ",")));
  }

  @Test
  void numbersAndNamesOfRowsAreNoFeatures() throws IOException {
    String what = "z: it is another in each row, as a name or number of the row is";
    assertEquals(List.of(what), found(rows("x,y,z,kind", 40, 1, false, ",%d")));
    assertEquals(List.of(what), found(rows("x,y,z,kind", 40, 1, false, ",row %d")));
    assertEquals(
        List.of(),
        found(rows("x,y,z,kind", 40, 1, false, ",%1$d.5")).stream().filter(what::equals).toList());
  }

  @Test
  void scalesFarApartAreSaid() throws IOException {
    List<String> found = found(rows("x,y,kind", 40, 1000, false, ""));
    assertEquals(1, found.size());
    assertEquals("y, x: one spreads ", found.getFirst().replaceFirst("[\\d,]+ times.*", ""));
  }

  @Test
  void rowsInTheOrderOfTheirClassesAreSaid() throws IOException {
    assertEquals(
        List.of(
            "kind: rows lie in the order of its values, so that their last part has not all of"
                + " them"),
        found(rows("x,y,kind", 40, 1, true, "")));
    // Too few of each to say that it is no chance.
    assertEquals(List.of(), found("x,kind\n1,a\n3,a\n2,b\n5,b\n"));
  }

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
