package dev.anneal.data.table;

import static dev.anneal.data.table.Columns.numbers;
import static dev.anneal.data.table.Columns.texts;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  @TempDir private Path folder;

  private Table read(String text) throws IOException {
    return read(text, StandardCharsets.UTF_8);
  }

  private Table read(String text, Charset charset) throws IOException {
    return Table.read(Files.write(folder.resolve("a.csv"), text.getBytes(charset)));
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  /** The same two rows, as programs write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      textBlock =
          """
          a,b,kind\\n1.5,-2,x\\n3,4e2,y\\n                  § commas, a header
          a,b,kind\\r\\n1.5,-2,x\\r\\n3,4e2,y               § commas, a header
          MARKa;b;kind\\n1,5;-2;x\\n3;400;y\\n           § semicolons, decimal commas, a header
          sep=;\\na;b;kind\\n1,5;-2;x\\n3;400;y\\n          § semicolons, decimal commas, a line before the table, a header
          a\\tb\\tkind\\n1.5\\t-2\\tx\\n3\\t400\\ty\\n      § tabs, a header
          a|b|kind\\n1.5|-2|x\\n3|400|y\\n                  § bars, a header
          a b kind\\n1.5 -2 x\\n3 400 y\\n                  § spaces, a header
          "","a","b","kind"\\n"1",1.5,-2,"x"\\n"2",3,400,"y"\\n   § commas, a header, names of rows in front
          "a" "b" "kind"\\n"1" 1.5 -2 "x"\\n"2" 3 400 "y"\\n      § spaces, a header, names of rows in front
          ,a,b,kind\\n0,1.5,-2,x\\n1,3,400,y\\n             § commas, a header, names of rows in front
          'a','b','kind'\\n1.5,-2,'x'\\n3,400,'y'\\n        § commas, quotes ', a header
          # of 1998\\na,b,kind\\n1.5,-2,x\\n3,400,y\\n      § commas, comments after #, a header
          a;b;kind\\n1.5;-2;x\\n3;4.00E2;y\\n               § semicolons, a header
          """)
  void programsWriteTablesInManyWays(String text, String dialect) throws IOException {
    Table table = read(text.replace("MARK", "\ufeff").translateEscapes());
    assertEquals(dialect, table.dialect().summary());
    assertEquals(2, table.rows());
    assertEquals(List.of("a", "b", "kind"), names(table));
    assertArrayEquals(new double[] {1.5, 3}, numbers(table, 0));
    assertArrayEquals(new double[] {-2, 400}, numbers(table, 1));
    assertEquals(List.of("x", "y"), texts(table, 2));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
  void lettersAreThoseOfTheEncoding(String charset) throws IOException {
    String mark = charset.startsWith("UTF") ? "\ufeff" : "";
    Table table = read(mark + "Länge;Größe\n1,5;groß\n2,5;klein\n", Charset.forName(charset));
    assertEquals(List.of("Länge", "Größe"), names(table));
    assertEquals(List.of("groß", "klein"), texts(table, 1));
  }

  @Test
  void withoutAHeaderColumnsAreCountedFromOne() throws IOException {
    Table table = read("1.5,2,a\n3,4,b\n");
    assertEquals(List.of("1", "2", "3"), names(table));
    assertEquals(2, table.rows());
  }

  /** Rows, features and classes: scikit-learn's own files begin so. */
  @Test
  void aLineOfCountsIsNoRow() throws IOException {
    Table table = read("3,2,setosa,versicolor\n1,2,0\n3,4,1\n5,6,0\n");
    assertEquals("commas, a line before the table, no header", table.dialect().summary());
    assertArrayEquals(new double[] {1, 3, 5}, numbers(table, 0));
    // As many classes as make it as wide as a row; and none, over a header.
    assertArrayEquals(new double[] {1, 3}, numbers(read("2,3,x,y\n1,2,3,0\n3,4,5,1\n"), 0));
    Table named = read("2,2,\n\"a\",\"b\",\"c\"\n1,2,3\n4,5,6\n");
    assertEquals(List.of("a", "b", "c"), names(named));
    assertEquals(2, named.rows());
    // What only looks like one: a row of a table.
    assertEquals(2, read("5,3,x,y\n6,4,z,w\n").rows());
  }

  @Test
  void aColumnIsWhatAllItsFieldsAre() throws IOException {
    Table table =
        read(
            """
            number,text,day,yes,nothing,big
            1,1,1970-01-02,yes,,"1,234,567"
            ?,x,03.01.1970,No,NA,"1,000"
            -2e3,NA,NaN,TRUE,,12
            """);
    assertArrayEquals(new double[] {1, Double.NaN, -2000}, numbers(table, 0));
    assertEquals(List.of("1", "x", "-"), texts(table, 1));
    assertArrayEquals(new double[] {1, 2, Double.NaN}, numbers(table, 2));
    assertEquals(Written.DATES, ((Numeric) table.columns().get(2)).written());
    assertEquals(List.of("yes", "No", "TRUE"), texts(table, 3));
    assertEquals(3, table.columns().get(4).missing());
    assertArrayEquals(new double[] {1234567, 1000, 12}, numbers(table, 5));
    assertEquals(List.of(1, 1, 1, 0, 3, 0), table.columns().stream().map(Column::missing).toList());
  }

  @Test
  void textsAreSorted() throws IOException {
    Categorical kind = (Categorical) read("n,kind\n1,b\n2,a\n3,b\n").columns().get(1);
    assertEquals(List.of("a", "b"), kind.categories());
    assertArrayEquals(new int[] {1, 0, 1}, kind.codes());
  }

  @Test
  void aHeaderOfTextsOverTextsIsOneIfItsNamesDoNotComeAgain() throws IOException {
    assertEquals(List.of("colour", "shape"), names(read("colour,shape\nred,round\nblue,flat\n")));
    assertEquals(List.of("1", "2"), names(read("red,round\nblue,flat\nred,flat\n")));
  }

  /** As the World Bank writes its series. */
  @Test
  void aLineOfYearsNamesColumns() throws IOException {
    Table series =
        read("Country,Code,1960,1961,1962\nAruba,ABW,4.82,4.655,4.471\nChad,TCD,6,6.1,6\n");
    assertEquals(List.of("Country", "Code", "1960", "1961", "1962"), names(series));
    assertEquals(
        List.of("2019", "2020", "2021"), names(read("2019,2020,2021\n.1,.2,.3\n.2,.1,.5\n")));
    assertEquals(List.of("1", "2", "3"), names(read("1,2,3\n4,5,7\n7,8,9\n")));
  }

  @Test
  void quotedFieldsHaveSeparatorsAndLinesInThem() throws IOException {
    assertEquals(List.of("x, \"y\"\nz", "w"), texts(read("n,t\n1,\"x, \"\"y\"\"\nz\"\n2,w\n"), 1));
  }

  @Test
  void aColumnMayTurnOutToBeTextAtItsEnd() throws IOException {
    StringBuilder text = new StringBuilder("id,n\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(",007\n");
    }
    Table table = read(text + "20000,none of these\n");
    assertEquals("007", texts(table, 1).getFirst());
    assertEquals(20_001, table.rows());
  }

  @Test
  void aTableIsWrittenWithQuotesWhereTheyAreNeeded() throws IOException {
    Table table =
        read(
            """
            n,"a, b",day,\
            """
                + """
                text
                1.50,x,1970-01-02,"say ""no""\"
                ,"# y",1970-01-02T12:30,NA
                -1e300,"x ",,none at all
                """);
    Path file = folder.resolve("b.csv");
    table.write(file);
    assertEquals(
        """
        n,"a, b",day,text
        1.5,x,1970-01-02,"say ""no""\"
        ,"# y",1970-01-02T12:30,
        -1e300,"x ",,none at all
        """
            .replace("\n", "\r\n"),
        Files.readString(file));
    assertEquals(
        folder.resolve("none/b.csv") + ": cannot be written: " + folder.resolve("none/b.csv.part"),
        assertThrows(InputException.class, () -> table.write(folder.resolve("none/b.csv")))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "01234,true",
    "007,true",
    "00,true",
    "0,false",
    "0.5,false",
    "00.5,false",
    "-01,false"
  })
  void whatHasAZeroInFrontIsACode(String field, boolean code) throws IOException {
    for (String text : List.of("a,b\n1,%s\n2,12\n", "a,b\n1,12\n2,%s\n")) {
      Table table = read(text.formatted(field));
      assertEquals(code, table.columns().get(1) instanceof Categorical, text);
    }
    TableOptions numbers = TableOptions.builder().numbers(Set.of("b")).build();
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n1," + field + "\n");
    assertEquals(Double.parseDouble(field), numbers(Table.read(file, numbers), 1)[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2000-04-01                | 11048",
        "2000/04/01                | 11048",
        "1.4.2000                  | 11048",
        "Apr 1 2000                | 11048",
        "April 1, 2000             | 11048",
        "1 Apr 2000                | 11048",
        "1-Apr-2000                | 11048",
        "04/27/2023                | 19474",
        "27/04/2023                | 19474",
        "27-04-2023                | 19474",
        "04/04/2023                | 19451",
        "2000-04-01 12:00          | 11048.5",
        "2000-04-01T06:00:00       | 11048.25",
        "2000-04-01T06:00:00Z      | 11048.25",
        "2000-04-01T06:00:00.000Z  | 11048.25",
        "2000-04-01T08:00:00+02:00 | 11048.25",
        "2000-04-01 08:00:00+0200  | 11048.25",
        "2000-03-31T23:00-07:00    | 11048.25",
        "04/27/2023 06:00 PM       | 19474.75",
        "27.04.2023 12:00 am       | 19474",
        "1969-12-31 18:00          | -0.25"
      })
  void daysAreReadAsTheyAreWritten(String text, double days) throws IOException {
    Table table = read("a;b\n1;" + text + "\n2;\n");
    assertArrayEquals(new double[] {days, Double.NaN}, numbers(table, 1));
    assertTrue(((Numeric) table.columns().get(1)).written().isDays());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2000-02-30",
        "2000-04/01",
        "2000-04-01 25:00",
        "2000-04-01 noon",
        "Foo 1 2000",
        "13/13/2000",
        "1/2/99",
        "2000-04-01 13:00 PM",
        "2000-04-01T06:00+99:00",
        "200-04-01"
      })
  void whatIsNoDayIsAText(String text) throws IOException {
    assertEquals(List.of(text), texts(read("a;b\n1;" + text + "\n"), 1));
  }

  @Test
  void theOrderOfDayAndMonthIsThatOfTheWholeColumn() throws IOException {
    assertEquals(19480, numbers(read("a,b\n1,03/05/2023\n2,27/04/2023\n"), 1)[0]);
    assertEquals(19421, numbers(read("a,b\n1,03/05/2023\n2,04/27/2023\n"), 1)[0]);
    assertEquals(
        List.of("03/05/2023", "04/05/2023"), texts(read("a,b\n1,03/05/2023\n2,04/05/2023\n"), 1));
    assertEquals(
        List.of("27/04/2023", "04/27/2023"), texts(read("a,b\n1,27/04/2023\n2,04/27/2023\n"), 1));
  }

  @Test
  void numbersOfAColumnMayAllHaveTheSameMark() throws IOException {
    assertArrayEquals(new double[] {12, -0.5}, numbers(read("a,b\n1,12%\n2,-0.5 %\n"), 1));
    assertArrayEquals(
        new double[] {1234.5, Double.NaN, -3},
        numbers(read("a,b\n1,\"$1,234.50\"\n2,\n3,-$3\n"), 1));
    assertArrayEquals(
        new double[] {3.5, 1234.25}, numbers(read("a;b\n1;\u20ac 3,50\n2;\u20ac 1.234,25\n"), 1));
    assertArrayEquals(
        new double[] {3.5, 4}, numbers(read("a,b\n1,\"3,50 \u20ac\"\n2,4 \u20ac\n"), 1));
    assertEquals(List.of("12%", "$5"), texts(read("a,b\n1,12%\n2,$5\n"), 1));
    assertEquals(List.of("12%", "5"), texts(read("a,b\n1,12%\n2,5\n"), 1));
    assertEquals(List.of("12", "5%"), texts(read("a,b\n1,12\n2,5%\n"), 1));
    assertEquals(List.of("%", "$x"), texts(read("a,b\n1,%\n2,$x\n"), 1));
    assertEquals(List.of("1", "2"), names(read("x,$5\ny,$6\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Inf", "Infinity", "+infinity", "1e999"})
  void anInfiniteNumberIsRefused(String text) throws IOException {
    assertRefused(
        ", line 3, column \"b\": an infinite number; write another, or say that it stands for a"
            + " missing value: --na",
        "a,b\n1,2\n3,%s\n".formatted(text));
    TableOptions missing = TableOptions.builder().missing(Set.of(text)).build();
    assertEquals(1, Table.read(folder.resolve("a.csv"), missing).columns().get(1).missing());
    assertEquals(
        List.of(text, "cavalry"), texts(read("a,b\n1,%s\n2,cavalry\n".formatted(text)), 1));
  }

  @Test
  void aColumnWithoutANameIsCalledByItsPlace() throws IOException {
    Table table = read("a,,c\n1,2,x\n3,4,y\n");
    assertEquals(List.of("a", "2", "c"), names(table));
    assertArrayEquals(new double[] {2, 4}, numbers(table, 1));
    assertEquals(List.of("a", "b", "3"), names(read("a,b,\n1,2,\n3,4,\n")));
    assertEquals(List.of("b", "c", "4"), names(read(",b,c,\n0,1,2,3\n1,3,4,5\n")));
  }

  @Test
  void aSingleColumnDoesNotNameRows() throws IOException {
    assertEquals(List.of("X"), names(read("X\n1\n2\n")));
    TableOptions options = TableOptions.builder().rowNames(true).build();
    Path file = Files.writeString(folder.resolve("a.csv"), "X\n1\n2\n");
    assertEquals(
        file + ": no columns but that with the names of rows",
        assertThrows(InputException.class, () -> Table.read(file, options)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1,234", "'234", " 234", ".234", "$", "-", "x"})
  void aFieldMayBeLong(String part) throws IOException {
    String text = "1" + part.repeat(500_000 / part.length());
    assertEquals(text, texts(read("a;b\n1;" + text + "\n2;y\n"), 1).getFirst());
    String late = "a;b\n" + "1;y\n".repeat(100_000) + "2;" + text + "\n";
    assertEquals(100_001, read(late).rows());
  }

  @Test
  void rowsOfTwoColumnsAreNoLineOfCounts() throws IOException {
    assertArrayEquals(new double[] {5, 3, 4}, numbers(read("5,1\n3,2\n4,3\n"), 0));
  }

  private void assertRefused(String message, String text) {
    assertEquals(
        folder.resolve("a.csv") + message,
        assertThrows(InputException.class, () -> read(text)).getMessage());
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertRefused(": no rows of data", "");
    assertRefused(": no rows of data", "a,b\n");
    String remedy = "; mend the line, leave out what is no row, or name the --separator or --quote";
    assertRefused(
        ", line 3: 3 fields where the lines before have 2" + remedy, "a,b\n1,2\n1,2,3\n4,5\n6,7\n");
    assertRefused(
        ", line 4: 1 field where the lines before have 2" + remedy, "a,b\n1,2\n3,4\n5\n6,7\n8,9\n");
    assertRefused(", line 2: 3 fields where the lines before have 2" + remedy, "a,b\n1,2,\n3,4,\n");
    assertRefused(": two columns are named \"a\"; give them different names", "a,a\n1,2\n3,4\n");
    assertRefused(
        ": not a table of text; it has bytes of 0; save it as CSV in UTF-8, or name its --encoding",
        "a\0bcd");
  }

  /** As Excel, Access and others save what they are not told to save as text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PK\\3\\4\\24\\0   | a zip archive, as .xlsx and .ods are
          ÐÏ\\21à¡±\\32á\\0   | a workbook or document of Microsoft Office before 2007, as .xls is
          PAR1\\25\\0\\25   | Parquet
          """)
  void whatIsNoTextIsNamed(String bytes, String kind) throws IOException {
    byte[] start = bytes.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        folder.resolve("a.csv") + ": " + kind + "; save the table as CSV in UTF-8",
        assertThrows(InputException.class, () -> readPacked(start)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void lettersOfTwoBytesWithoutAMarkAreNamed(String charset) throws IOException {
    String text = "a,b\n1,Köln\n2,Łódź\n";
    assertEquals(
        folder.resolve("a.csv")
            + ": not a table of text; it has bytes of 0; it looks like --encoding "
            + charset,
        assertThrows(InputException.class, () -> read(text, Charset.forName(charset)))
            .getMessage());
    TableOptions named = TableOptions.builder().encoding(Charset.forName(charset)).build();
    assertEquals(List.of("Köln", "Łódź"), texts(Table.read(folder.resolve("a.csv"), named), 1));
  }

  private static final String ABOUT_QUOTES =
      "; mend the quote, or name what is around fields: --quote";

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t'})
  void aQuoteThatIsNeverClosedIsNamedByItsLine(char separator) {
    String text = "a,b,c\n1,x,2\n2,\"y,3\n3,z,4\n4,w,5\n".replace(',', separator);
    assertRefused(
        ": not a table: Unclosed quoted field at end of input (record starting at line 3)"
            + ABOUT_QUOTES,
        text);
    assertRefused(
        ": not a table: Unclosed quoted field at end of input (record starting at line 1)"
            + ABOUT_QUOTES,
        "\"" + text.replace("\"", ""));
  }

  @Test
  void lettersAfterAClosingQuoteAreNamedByTheirLine() {
    assertRefused(
        ": not a table: Unexpected character after closing quote: 'y' (0x79) (record starting at"
            + " line 3)"
            + ABOUT_QUOTES,
        "a,b\n1,x\n2,\"x\"y\n3,z\n");
  }

  /** What is looked at first ends within a field. */
  @Test
  void aQuotedFieldMayHaveManyLines() throws IOException {
    String field = "a line, of many\n".repeat(3000);
    StringBuilder text = new StringBuilder("n;note\n");
    for (int i = 0; i < 20; i++) {
      text.append(i).append(";\"").append(field).append("\"\n");
    }
    Table table = read(text.toString());
    assertEquals("semicolons, a header", table.dialect().summary());
    assertEquals(20, table.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      textBlock =
          """
          Sales of 2020\\na,b,kind\\n1.5,-2,x\\n3,4e2,y\\n               § a line
          Sales of 2020\\n\\na,b,kind\\n1.5,-2,x\\n3,4e2,y\\n             § a line
          "Sales, 2020"\\nall regions\\n\\na,b,kind\\n1.5,-2,x\\n3,400,y\\n § 2 lines
          Sales of 2020,,\\n,,\\na,b,kind\\n1.5,-2,x\\n3,400,y\\n         § 2 lines
          """)
  void aTitleAboveTheHeadingIsNoRow(String text, String lines) throws IOException {
    Table table = read(text.translateEscapes());
    assertEquals("commas, " + lines + " before the table, a header", table.dialect().summary());
    assertEquals(List.of("a", "b", "kind"), names(table));
    assertArrayEquals(new double[] {1.5, 3}, numbers(table, 0));
  }

  @Test
  void aFirstRowWithOneValueIsNoTitle() throws IOException {
    assertEquals(3, read("1.5,,\n2,x,y\n3,x,z\n").rows());
    assertEquals(4, read("x,,\ny,1,2\nz,3,4\nx,5,6\n").rows());
    assertThrows(InputException.class, () -> read("x\ny,1,2\nz,3,4\nx,5,6\n"));
    // R leaves out the name of row names.
    assertEquals(List.of("a"), names(read("\"a\"\n\"1\",5\n\"2\",6\n\"3\",7\n")));
  }

  private Table readPacked(byte[] bytes) throws IOException {
    return Table.read(Files.write(folder.resolve("a.csv"), bytes));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aFilePackedByGzipIsReadWhateverItsName() throws IOException {
    Table table = readPacked(packed("a,b\n1,x\n2,y\n"));
    assertEquals("commas, a header; gzip", table.dialect().summary());
    assertArrayEquals(new double[] {1, 2}, numbers(table, 0));
    assertEquals(List.of("x", "y"), texts(table, 1));
  }

  @Test
  void aDamagedPackedFileIsRefused() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      text.append(random.nextInt()).append(",x\n");
    }
    byte[] whole = packed(text.toString());
    for (int length : List.of(4, 12, whole.length / 2, whole.length - 1)) {
      byte[] part = Arrays.copyOf(whole, length);
      assertEquals(
          folder.resolve("a.csv") + ": cannot be read: it ends too early",
          assertThrows(InputException.class, () -> readPacked(part)).getMessage());
    }
    whole[whole.length / 2] ^= 0x55;
    assertThrows(InputException.class, () -> readPacked(whole));
  }

  /**
   * A few KB that unpack to 128 MB and more, as one field, as one line of fields and as blank
   * lines.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a", "a,", "\n"})
  void aSmallPackedFileOfOneHugeRecordIsRefused(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      byte[] block = text.repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1 << 11; i++) {
        out.write(block);
      }
    }
    assertThrows(InputException.class, () -> readPacked(bytes.toByteArray()));
  }

  @Test
  void bytesThatAreNoLettersAreNotReadAsOthers() throws IOException {
    byte[] bytes =
        ("a,b\n" + "1,x\n".repeat(100_000) + "2,K\u00f6ln\n").getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("a.csv"), bytes);
    assertEquals(
        file
            + ": cannot be read: it has bytes that are no letters of its encoding; name the right"
            + " one, such as --encoding windows-1252",
        assertThrows(InputException.class, () -> Table.read(file)).getMessage());
    TableOptions options = TableOptions.builder().encoding(StandardCharsets.ISO_8859_1).build();
    assertEquals("K\u00f6ln", texts(Table.read(file, options), 1).getLast());
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 100_000})
  void aTableMayHaveAnyNumberOfColumns(int columns) throws IOException {
    String row = IntStream.range(0, columns).mapToObj(i -> i + ".25").collect(joining(","));
    Table table = read((row + ",ALL\n" + row + ",AML\n").repeat(2));
    assertEquals(columns + 1, table.columns().size());
    assertArrayEquals(new double[] {7.25, 7.25, 7.25, 7.25}, numbers(table, 7));
    assertEquals(List.of("ALL", "AML", "ALL", "AML"), texts(table, columns));
  }

  @Test
  void readingTellsHowFarItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n" + "1,x\n".repeat(100_000));
    List<Long> told = new ArrayList<>();
    Table.read(file, TableOptions.NONE, told::add);
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(Files.size(file), told.getLast());
    assertTrue(told.size() > 4, told.toString());
  }
}
