package dev.anneal.data.table;

import static dev.anneal.data.table.Columns.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.TableOptions.Builder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableOptionsTest {
  @TempDir private Path folder;

  private Table read(String text, Builder options) throws IOException {
    return Table.read(Files.writeString(folder.resolve("a.csv"), text), options.build());
  }

  private static Builder with() {
    return TableOptions.builder();
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static List<String> categories(Table table, int column) {
    return ((Categorical) table.columns().get(column)).categories();
  }

  @Test
  void aGivenSeparatorWinsAndDecidesWhatElseIsNoticed() throws IOException {
    String text = "x;1,5\ny;2,5\n";
    assertEquals("semicolons, decimal commas, no header", read(text, with()).dialect().summary());
    Table table = read(text, with().separator(','));
    assertEquals("commas, no header", table.dialect().summary());
    assertEquals(List.of("x;1", "y;2"), categories(table, 0));
    assertEquals(2, read("a~b\n1~2\n", with().separator('~')).columns().size());
  }

  @Test
  void aHeaderIsOneWhereItIsSaidToBe() throws IOException {
    assertEquals(List.of("1", "2"), names(read("1,2\n3,4\n", with().header(true))));
    Table none = read("a,b\n3,4\n", with().header(false));
    assertEquals(List.of("1", "2"), names(none));
    assertEquals(2, none.rows());
    assertThrows(InputException.class, () -> read("a\n1,2\n3,4\n", with().header(false)));
  }

  @Test
  void namesOfRowsAreThoseOfTheFirstColumnWhereItIsSaidToBe() throws IOException {
    assertEquals(List.of("b"), names(read("a,b\nx,1\ny,2\n", with().rowNames(true))));
    assertEquals(List.of("X", "b"), names(read("X,b\nx,1\ny,2\n", with().rowNames(false))));
    assertEquals(List.of("2"), names(read("x,1\ny,2\n", with().rowNames(true).header(false))));
  }

  @Test
  void quotesAndCommentsAreThoseThatAreGiven() throws IOException {
    assertEquals(List.of("x,y"), categories(read("a,b\n1,^x,y^\n", with().quote('^')), 1));
    assertEquals(2, read("a,b\n1,2\n!no\n3,4\n", with().comment('!')).rows());
  }

  @Test
  void lettersAreThoseOfTheGivenEncoding() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(file, "a,b\n1,\u0141\u00f3d\u017a\n".getBytes(Charset.forName("windows-1250")));
    Table table = Table.read(file, with().encoding(Charset.forName("windows-1250")).build());
    assertEquals(List.of("\u0141\u00f3d\u017a"), categories(table, 1));
    Files.write(file, "a,b\n1,x\n".getBytes(StandardCharsets.UTF_16BE)); // without a mark
    assertEquals(1, Table.read(file, with().encoding(StandardCharsets.UTF_16BE).build()).rows());
  }

  @Test
  void decimalsAndThousandsAreThoseThatAreGiven() throws IOException {
    // All have three digits behind: either reading is one of numbers.
    String text = "a;b\n1,234;5,678\n";
    assertArrayEquals(new double[] {1.234}, numbers(read(text, with()), 0));
    Table table = read(text, with().decimal('.'));
    assertArrayEquals(new double[] {1234}, numbers(table, 0));
    assertArrayEquals(new double[] {1234}, numbers(read(text, with().thousands(',')), 0));
    assertArrayEquals(
        new double[] {1234.5}, numbers(read("a,b\n1_234.5,1\n", with().thousands('_')), 0));
    assertEquals(
        "commas, thousands apart by _, a header",
        read("a,b\n1_234.5,1\n", with().thousands('_')).dialect().summary());
  }

  @Test
  void thousandsAreNoticed() throws IOException {
    double[] numbers = {1234.5, 12, -1_234_567.25};
    for (String text :
        List.of(
            "a;b\n1.234,5;x\n12;y\n-1.234.567,25;z\n",
            "a;b\n1'234.5;x\n12;y\n-1'234'567.25;z\n",
            "a;b\n1\u2019234,5;x\n12;y\n-1\u2019234\u2019567,25;z\n",
            "a;b\n1 234,5;x\n12;y\n-1 234 567,25;z\n",
            "a;b\n1\u00a0234,5;x\n12;y\n-1\u00a0234\u00a0567,25;z\n",
            "a,b\n1\u202f234.5,x\n12,y\n-1\u202f234\u202f567.25,z\n")) {
      assertArrayEquals(numbers, numbers(read(text, with()), 0), text);
    }
    assertEquals(
        "semicolons, decimal commas, thousands apart by blanks, a header",
        read("a;b\n1 234,5;x\n", with()).dialect().summary());
    assertEquals(
        "semicolons, thousands apart by ', a header",
        read("a;b\n1'234.5;x\n", with()).dialect().summary());
  }

  @Test
  void dayOrMonthComesFirstWhereItIsSaidTo() throws IOException {
    String text = "a,b\n1,03/05/2023\n2,04/05/2023\n";
    assertEquals(List.of("03/05/2023", "04/05/2023"), categories(read(text, with()), 1));
    assertArrayEquals(new double[] {19480, 19481}, numbers(read(text, with().dayFirst(true)), 1));
    assertArrayEquals(new double[] {19421, 19452}, numbers(read(text, with().dayFirst(false)), 1));
    // One day that is written otherwise makes texts of all, and none is misread.
    String other = "a,b\n1,03/05/2023\n2,04/27/2023\n";
    assertArrayEquals(new double[] {19421, 19474}, numbers(read(other, with().dayFirst(false)), 1));
    assertEquals(
        List.of("03/05/2023", "04/27/2023"), categories(read(other, with().dayFirst(true)), 1));
    assertArrayEquals(
        new double[] {11048}, numbers(read("a,b\n1,2000-04-01\n", with().dayFirst(false)), 1));
  }

  @Test
  void furtherTextsAreMissing() throws IOException {
    Table table = read("a,b\n1,x\n-999,none here\n3,-\n", with().missing(Set.of("-999", "-")));
    assertArrayEquals(new double[] {1, Double.NaN, 3}, numbers(table, 0));
    assertEquals(List.of(1, 1), table.columns().stream().map(Column::missing).toList());
    assertEquals(List.of("none here", "x"), categories(table, 1));
  }

  @Test
  void columnsAreCategoriesOrNumbersWhereTheyAreSaidToBe() throws IOException {
    String text = "day,n,code\n2026-01-01,1,1\n2026-01-02,2,10\n,,\n";
    Table table = read(text, with().texts(Set.of("day", "code", "unknown")));
    assertEquals(List.of("2026-01-01", "2026-01-02"), categories(table, 0));
    assertArrayEquals(new double[] {1, 2, Double.NaN}, numbers(table, 1));
    assertEquals(List.of("1", "10"), categories(table, 2));
    assertArrayEquals(
        new double[] {1, 2, Double.NaN},
        numbers(read(text, with().numbers(Set.of("n", "unknown"))), 1));
    assertEquals(
        folder.resolve("a.csv") + ", line 3, column \"n\": \"two\" is no number",
        assertThrows(
                InputException.class, () -> read("m,n\n1,1\n2,two\n", with().numbers(Set.of("n"))))
            .getMessage());
  }

  @Test
  void whatContradictsItselfIsRefused() {
    for (Builder options :
        List.of(
            with().separator(',').quote(','),
            with().separator('\n'),
            with().decimal(';'),
            with().decimal(',').thousands(','),
            with().texts(Set.of("a")).numbers(Set.of("a")))) {
      assertThrows(InputException.class, options::build);
    }
  }
}
