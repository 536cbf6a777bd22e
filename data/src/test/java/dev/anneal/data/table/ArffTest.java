package dev.anneal.data.table;

import static dev.anneal.data.table.Columns.numbers;
import static dev.anneal.data.table.Columns.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArffTest {
  @TempDir private Path folder;

  private Table read(String text) throws IOException {
    return Table.read(Files.writeString(folder.resolve("a.arff"), text));
  }

  @Test
  void columnsAreWhatTheyAreDeclaredToBe() throws IOException {
    Table table =
        read(
            """
            % from somewhere

            @RELATION 'of people'
            @attribute 'its size' Real
            @ATTRIBUTE kind {none, 'b c', "d,e", unused}
            @attribute code {1, -1}
            @attribute name\tSTRING
            @attribute born date 'yyyy-MM-dd'
            @data
            % rows
            1.5, none, 1, 'O\\'Brien, \\"Pat\\"', 1970-01-02

            ?,'b c',-1,"it's",?
            \t-3e2 , "d,e" , 1 , 007 , "1970-01-03"
            """);
    assertEquals("ARFF", table.dialect().summary());
    assertEquals(
        List.of("its size", "kind", "code", "name", "born"),
        table.columns().stream().map(Column::name).toList());
    assertArrayEquals(new double[] {1.5, Double.NaN, -300}, numbers(table, 0));
    assertEquals(List.of("none", "b c", "d,e"), texts(table, 1));
    assertEquals(List.of("1", "-1", "1"), texts(table, 2));
    assertEquals(List.of("O'Brien, \"Pat\"", "it's", "007"), texts(table, 3));
    assertArrayEquals(new double[] {1, Double.NaN, 2}, numbers(table, 4));
    assertEquals(Written.DATES, ((Numeric) table.columns().get(4)).written());
  }

  @Test
  void aSparseRowHasZerosAndFirstCategoriesWhereItSaysNothing() throws IOException {
    Table table =
        read(
            """
            @relation r
            @attribute y {b, a}
            @attribute x1 numeric
            @attribute x2 numeric
            @data
            {1 5, 2 ?}
            {0 a,2 -1.5}
            { }
            """);
    assertEquals(List.of("b", "a", "b"), texts(table, 0));
    assertArrayEquals(new double[] {5, 0, 0}, numbers(table, 1));
    assertArrayEquals(new double[] {Double.NaN, -1.5, 0}, numbers(table, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      textBlock =
          """
          @attribute a real\\n@data\\n1\\nx\\n              § , line 5, column "a": "x" is no number
          @attribute a real\\n@data\\n1,2\\n                § , line 4: 2 fields where the lines before have 1; mend the line
          @attribute a real\\n@attribute a real\\n@data\\n1,2 § : two columns are named "a"; give them different names
          @attribute a complex\\n@data\\n1\\n               § , line 2: a type "complex" is not known
          @attribute a string\\n@data\\n'x\\n               § , line 4: a quote is never closed
          @attribute a string\\n@data\\n'x'y\\n             § , line 4: letters after a closing quote
          @attribute a real\\n@data\\n{1 2}\\n              § , line 4: "1" is the place of no column
          @attribute a real\\n@data\\n{0 2\\n               § , line 4: a row that begins with { must end with }
          @attribute a real\\n1\\n                          § , line 3: neither @attribute nor @data
          @attribute a real\\n                              § , line 2: @data is missing
          @attribute a real\\n@data\\n                      § : no rows of data
          """)
  void whatBreaksTheRulesIsRefusedWithItsLine(String text, String message) {
    assertEquals(
        folder.resolve("a.arff") + message,
        assertThrows(InputException.class, () -> read("@relation r\n" + text.translateEscapes()))
            .getMessage());
  }
}
