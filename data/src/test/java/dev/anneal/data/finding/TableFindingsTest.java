package dev.anneal.data.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.data.prepare.Preparation;
import dev.anneal.data.prepare.Task;
import dev.anneal.data.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFindingsTest {
  @TempDir private Path folder;

  private List<DataFinding> findings(String text, Preparation how) throws IOException {
    Table table = Table.read(Files.writeString(folder.resolve("a.csv"), text));
    return TableFindings.of(table, how, Set.of());
  }

  private List<String> found(String text) throws IOException {
    return findings(text, Preparation.USUAL).stream().map(DataFinding::rule).toList();
  }

  /** Rows of two numbers, something else, and a class. */
  private static String rows(int rows, IntFunction<String> more, IntFunction<String> kind) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("x,y,z,kind\n");
    for (int i = 0; i < rows; i++) {
      text.append(
          "%s,%s,%s,%s%n"
              .formatted(random.nextFloat(), random.nextFloat() * 5, more.apply(i), kind.apply(i)));
    }
    return text.toString();
  }

  private static String kind(int row) {
    return row % 2 == 0 ? "a" : "b";
  }

  private static String random(int row) {
    return Float.toString(new Random(row).nextFloat());
  }

  @Test
  void anOrdinaryTableHasNone() throws IOException {
    for (int rows : List.of(10, 40, 400)) {
      assertEquals(
          List.of(), found(rows(rows, TableFindingsTest::random, TableFindingsTest::kind)));
    }
  }

  @Test
  void aColumnOfOneValueTellsNothing() throws IOException {
    assertEquals(List.of("constant"), found(rows(40, _ -> "7", TableFindingsTest::kind)));
    assertEquals(List.of("constant"), found(rows(40, _ -> "", TableFindingsTest::kind)));
    assertEquals(
        "column \"z\" is the same in all rows; it can tell nothing; leave it out: --drop \"z\""
            + " [constant]",
        findings(rows(40, _ -> "7", TableFindingsTest::kind), Preparation.USUAL)
            .getFirst()
            .sentence());
  }

  @Test
  void numbersAndNamesOfRowsAreNoFeatures() throws IOException {
    for (IntFunction<String> name :
        List.<IntFunction<String>>of(i -> "" + i, i -> "" + (i + 1), i -> "row " + i)) {
      assertEquals(List.of("identifier"), found(rows(40, name, TableFindingsTest::kind)));
      assertEquals(List.of(), found(rows(8, name, TableFindingsTest::kind)));
    }
    assertEquals(List.of(), found(rows(40, i -> i + ".5", TableFindingsTest::kind)));
    assertEquals(
        List.of(),
        findings(
            rows(40, i -> "row " + i, TableFindingsTest::kind),
            Preparation.USUAL.withDropped("z")));
  }

  @Test
  void textsThatHardlyComeAgainAreNoCategories() throws IOException {
    assertEquals(
        List.of("many-categories"), found(rows(400, i -> "t" + i / 2, TableFindingsTest::kind)));
    assertEquals(List.of(), found(rows(400, i -> "t" + i % 40, i -> kind(i / 40))));
    assertEquals(
        List.of(),
        findings(
            rows(400, i -> "t" + i / 2, TableFindingsTest::kind),
            Preparation.USUAL.withHashed("z", 8)));
  }

  @Test
  void aTextAmongNumbersIsNamed() throws IOException {
    String text = rows(60, i -> i == 30 ? "1.O" : random(i), TableFindingsTest::kind);
    DataFinding finding = findings(text, Preparation.USUAL).getFirst();
    assertEquals(TableFindings.STRAY_TEXT, finding.rule());
    assertEquals("has numbers, but for texts such as \"1.O\"", finding.what());
    // Few different numbers are categories like the text beside them.
    assertEquals(
        List.of(), found(rows(60, i -> i % 9 == 0 ? "many" : "" + i % 5, i -> kind(i / 3))));
  }

  @Test
  void daysThatMayBeMonthsAreSaid() throws IOException {
    String text = rows(60, i -> "0%d/0%d/2020".formatted(1 + i % 5, 1 + i % 7), i -> kind(i / 3));
    assertEquals(List.of("doubtful-days"), found(text));
    // They are no names of rows, even if each is another.
    assertEquals(
        List.of("doubtful-days"),
        found(rows(60, i -> "0%d/0%d/2020".formatted(1 + i % 8, 1 + i / 8), i -> kind(i / 3))));
    assertEquals(
        "say which comes first (--day-first yes or no), or they are texts",
        findings(text, Preparation.USUAL).getFirst().advice());
    assertEquals(
        List.of(),
        found(rows(60, i -> "%02d/0%d/2020".formatted(1 + i % 20, 1 + i % 7), i -> kind(i / 3))));
  }

  @Test
  void aNumberFarOffThatComesOftenMayStandForNothing() throws IOException {
    String text = rows(60, i -> i % 8 == 0 ? "-999" : random(i), TableFindingsTest::kind);
    DataFinding finding = findings(text, Preparation.USUAL).getFirst();
    assertEquals("sentinel", finding.rule());
    assertEquals("if it stands for a missing value, say so: --na -999", finding.advice());
    assertEquals(
        List.of(), found(rows(60, i -> i == 8 ? "-999" : random(i), TableFindingsTest::kind)));
  }

  @Test
  void aColumnThatTellsTheTargetAloneIsSuspected() throws IOException {
    assertEquals(List.of("leak"), found(rows(80, i -> "is " + kind(i), TableFindingsTest::kind)));
    assertEquals(
        List.of(),
        found(rows(80, i -> i % 20 == 0 ? "is b" : "is " + kind(i), TableFindingsTest::kind)));
    assertEquals(
        List.of("leak"), found(rows(80, i -> random(i), i -> "" + 3 * new Random(i).nextFloat())));
  }

  @Test
  void rowsInTheOrderOfTheirClassesAreSaid() throws IOException {
    assertEquals(
        List.of("sorted-rows"),
        found(rows(40, TableFindingsTest::random, i -> i < 20 ? "a" : "b")));
    // Too few of each to say that it is no chance.
    assertEquals(List.of(), found("x,kind\n1,a\n3,a\n2,b\n5,b\n"));
  }

  @Test
  void aTargetOfTheOtherKindIsSaid() throws IOException {
    String quantities = rows(400, TableFindingsTest::random, i -> "" + i % 150);
    assertEquals(List.of(), findings(quantities, Preparation.USUAL));
    assertEquals(
        "quantity-as-classes",
        findings(quantities, Preparation.USUAL.withTask(Task.CLASSIFICATION)).getFirst().rule());
    assertEquals(
        "classes-as-quantity",
        findings(
                rows(40, TableFindingsTest::random, i -> "" + i % 2),
                Preparation.USUAL.withTask(Task.REGRESSION))
            .getFirst()
            .rule());
    assertEquals(
        List.of("many-classes"), found(rows(300, TableFindingsTest::random, i -> "k" + i / 2)));
  }
}
