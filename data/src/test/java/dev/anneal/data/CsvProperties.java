package dev.anneal.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.InputException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvProperties {
  private static final int COLUMNS = 4;

  record Row(List<Float> numbers, String label) {}

  @Provide
  Arbitrary<List<Row>> tables() {
    Arbitrary<String> labels =
        Arbitraries.of("a", "b", "with space", "comma, quoted", "\"quotes\"", "ä", "-1", "1e3");
    return Combinators.combine(Arbitraries.floats().list().ofSize(COLUMNS), labels)
        .as(Row::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(30);
  }

  private static DataSet read(byte[] bytes) {
    return Csv.read("csv:t", "t", "", new ByteArrayInputStream(bytes));
  }

  @Property(tries = 300)
  void readsBackWhatWasWritten(
      @ForAll("tables") List<Row> table, @ForAll boolean header, @ForAll boolean windows) {
    var labels = new TreeSet<String>();
    var text = new StringBuilder(header ? "p,q,r,s,class\n" : "");
    for (Row row : table) {
      labels.add(row.label());
      row.numbers().forEach(number -> text.append(number).append(','));
      text.append('"').append(row.label().replace("\"", "\"\"")).append("\"\n");
    }
    Assume.that(labels.size() > 1);
    String written = windows ? text.toString().replace("\n", "\r\n") : text.toString();
    DataSet data = read(written.getBytes(UTF_8));
    assertEquals(labels, new TreeSet<>(data.classNames()));
    assertEquals(table.size(), data.samples().size());
    float[] numbers = new float[COLUMNS];
    float[] label = new float[1];
    for (int i = 0; i < table.size(); i++) {
      data.samples().gather(new int[] {i}, 0, 1, numbers, label);
      assertEquals(table.get(i).label(), data.classNames().get((int) label[0]));
      for (int column = 0; column < COLUMNS; column++) {
        assertEquals(table.get(i).numbers().get(column), numbers[column]);
      }
    }
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll("nearlyTables") String text) {
    refusedOrRead(text.getBytes(UTF_8));
  }

  @Property(tries = 500)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    refusedOrRead(bytes);
  }

  @Provide
  Arbitrary<String> nearlyTables() {
    return Arbitraries.strings().withChars("01.-e,,,\n\n\r\"gb ?").ofMaxLength(60);
  }

  private static void refusedOrRead(byte[] bytes) {
    try {
      read(bytes);
    } catch (InputException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }
}
