package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefusalEnds;
import static dev.anneal.data.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  private static DataSet read(String text) {
    return Csv.read("csv:t", "t", "", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static float[][] all(DataSet data) {
    int size = data.samples().size();
    float[] features = new float[size * data.samples().features()];
    float[] labels = new float[size];
    int[] order = IntStream.range(0, size).toArray();
    data.samples().gather(order, 0, size, features, labels);
    return new float[][] {features, labels};
  }

  private static void assertReads(float[] features, float[] labels, String text) {
    assertArrayEquals(new float[][] {features, labels}, all(read(text)));
  }

  private static void refuses(String line, String text) {
    assertRefused(line, () -> read(text));
  }

  @Test
  void readsWithAndWithoutHeaderMarkAndCarriageReturns() {
    float[] features = {1, 2.5f, -3, 1e-3f};
    float[] labels = {1, 0};
    for (String rows :
        List.of("1,2.5,g\n-3,.001,b\n", "1,2.5,g\r\n-3,1E-3,b", " 1 ,+2.5,\"g\"\n\n-3.,1e-3, b")) {
      assertReads(features, labels, rows);
      assertReads(features, labels, "\ufeff" + rows);
      assertReads(features, labels, "x,y,class\n" + rows);
      assertReads(features, labels, "\ufeffx,y,class\r\n" + rows);
    }
  }

  @Test
  void sortsLabelsAsTextOrByValue() {
    assertEquals(List.of("10", "9", "a"), read("1,10\n1,a\n1,9").classNames());
    DataSet numbers = read("1,10\n1,9\n1,-2\n1,9.0");
    assertEquals(List.of("-2", "9", "10"), numbers.classNames());
    assertArrayEquals(new float[] {2, 1, 0, 1}, all(numbers)[1]);
    assertEquals(List.of("-inf", "1", "INF"), read("1,1\n1,INF\n1,-inf").classNames());
  }

  @Test
  void namesLineAndColumnOfWhatItRefuses() {
    refuses("t: no rows of data", "");
    refuses("t: no rows of data", "x,y,class\n");
    refuses("t, line 1: one column; give features and the label, separated by commas", "1;2;g\n");
    refuses("t, line 3: 2 columns where the first line has 3", "1,2,g\n\n1,b\n");
    refuses("t, line 2: 4 columns where the first line has 3", "1,2,g\n1,2,3,b\n");
    refuses("t, line 3, column 2: \"1.O\" is not a number", "x,y,z\n1,2,g\n1,1.O,b\n");
    refuses("t, line 1, column 2: \"1.O\" is not a number", "1,1.O,g\n1,2,b\n");
    refuses("t, line 2, column 1: \"0x1p3\" is not a number", "1,g\n0x1p3,b\n");
    refuses("t, line 2, column 1: \"1f\" is not a number", "1,g\n1f,b\n");
    refuses("t, line 2, column 1: \"a b\" is not a number", "1,g\n\"a\nb\",b\n");
    refuses("t, line 2, column 1: \"a b\" is not a number", "1,g\na\u009bb,b\n");
    refuses(
        "t, line 2, column 1: \"" + "x".repeat(40) + "…\" is not a number",
        "1,g\n" + "x".repeat(99) + ",b\n");
    refuses(
        "t: not a CSV file: Unexpected character after closing quote: 'b' (0x62) (record starting"
            + " at line 1)",
        "1,\"a\"b\n2,g\n");
    refuses(
        "t: not a CSV file: Unclosed quoted field at end of input (record starting at line 2)",
        "1,g\n2,\"b\n3,g\n");
    for (String missing : List.of("", "  ", "NaN", "nan", "NA", "N/A", "null", "?")) {
      refuses("t, line 2, column 1: the number is missing", "1,g\n" + missing + ",b\n");
      refuses("t, line 1, column 1: the number is missing", missing + ",b\n1,g\n");
      refuses("t, line 2, column 2: the label is missing", "1,g\n1," + missing + "\n");
    }
    for (String large : List.of("3.5e38", "-1e39", "1e999", "inf")) {
      refuses(
          "t, line 2, column 1: \"" + large + "\" is too large; the limit is 3.4e38",
          "1,g\n" + large + ",b\n");
    }
    refuses(
        "t: not a CSV file: The maximum buffer size of 1048576 is insufficient to read the data of"
            + " a single field. This issue typically arises when a quotation begins but does not"
            + " conclude within the confines of this buffer's maximum limit. (record starting at"
            + " line 1)",
        "1,\"" + "a".repeat(20_000_000));
    refuses("t: all rows have the label \"g\"; give at least 2 classes", "1,g\n2,g\n");
    refuses("t: all rows have the label \"1\"; give at least 2 classes", "1,1.0\n2,1\n");
  }

  @Test
  void namesTheFile(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("none.csv");
    assertRefused(missing + ": no such file", () -> DataSets.open("csv:" + missing));
    assertRefusalEnds("cannot be read: Is a directory", () -> DataSets.open("csv:" + folder));
    Path file = Files.writeString(folder.resolve("t.csv"), "1,g\n2,b\n");
    DataSet data = DataSets.open("csv:" + file);
    assertEquals("csv:" + file, data.name());
    assertEquals("the file " + file, data.source());
    assertEquals(2, data.samples().size());
  }
}
