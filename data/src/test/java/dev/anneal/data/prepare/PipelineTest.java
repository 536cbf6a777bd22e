package dev.anneal.data.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  private static final Preparation PLAIN = Preparation.USUAL.withScaling(Scaling.NONE);

  @TempDir private Path folder;

  private Table read(String text) throws IOException {
    return Table.read(Files.writeString(folder.resolve("t.csv"), text));
  }

  private static float[] row(Samples samples, int row) {
    float[] values = new float[samples.features() + 1];
    samples.copy(row, values, 0);
    samples.target(row, values, samples.features());
    return values;
  }

  private static void refused(String message, Runnable action) {
    assertEquals(message, assertThrows(InputException.class, action::run).getMessage());
  }

  /** By hand: 1, 3, 5, 11 have mean 5, variance 14, quartiles 2.5 and 6.5, median 4. */
  @Test
  void numbersComeToACommonScale() throws IOException {
    Table table = read("x,kind\n1,a\n3,b\n5,a\n11,b\n");
    double deviation = Math.sqrt(14);
    Map<Scaling, float[]> expected =
        Map.of(
            Scaling.NONE, new float[] {11, 1},
            Scaling.STANDARD, new float[] {(float) (6 / deviation), 1},
            Scaling.MINMAX, new float[] {1, 1},
            Scaling.ROBUST, new float[] {7f / 4, 1});
    expected.forEach((scaling, row) -> {
      Samples samples = Pipeline.fit(table, Preparation.USUAL.withScaling(scaling)).samples(table);
      assertArrayEquals(row, row(samples, 3), 1e-7f, scaling.toString());
    });
  }

  /** A time in seconds has more digits than a float. */
  @Test
  void numbersFarFromZeroKeepTheirDifferences() throws IOException {
    Table table = read("t,kind\n1700000000,a\n1700000001,b\n1700000002,a\n");
    Samples samples = Pipeline.fit(table, Preparation.USUAL).samples(table);
    float step = (float) Math.sqrt(1.5);
    assertArrayEquals(new float[] {-step, 0}, row(samples, 0), 1e-6f);
    assertArrayEquals(new float[] {0, 1}, row(samples, 1), 1e-6f);
  }

  @Test
  void whatIsTheSameInAllRowsTellsNothingLaterEither() throws IOException {
    for (Scaling scaling : List.of(Scaling.STANDARD, Scaling.MINMAX, Scaling.ROBUST)) {
      Pipeline pipeline =
          Pipeline.fit(
              read("x,y,kind\n0.1,1,a\n0.1,2,b\n0.1,3,b\n"),
              Preparation.USUAL.withScaling(scaling));
      assertEquals(0, row(pipeline.unlabelled(read("x,y\n7,1\n8,2\n")), 1)[0]);
    }
  }

  @Test
  void missingNumbersAreThoseInTheMiddleAndMissingTextsACategory() throws IOException {
    Table table = read("x,c,kind\n1,red,a\n?,blue,b\n3,,a\n8,red,b\n,red,\n");
    Pipeline median = Pipeline.fit(table, PLAIN);
    assertEquals(List.of("x", "c=blue", "c=red", "c="), median.inputs());
    assertEquals(4, median.samples(table).size());
    assertArrayEquals(new float[] {3, 1, 0, 0, 1}, row(median.samples(table), 1));
    assertArrayEquals(new float[] {3, 0, 0, 1, 0}, row(median.samples(table), 2));
    Pipeline mean = Pipeline.fit(table, PLAIN.withImputation(Imputation.MEAN));
    assertEquals(4, row(mean.samples(table), 1)[0]);
    Pipeline without = Pipeline.fit(table, PLAIN.withImputation(Imputation.DROP));
    assertArrayEquals(new int[] {0, 3}, without.rows(table));
    assertEquals(List.of("x", "c=red"), without.inputs());
    refused(
        "row 2: column \"x\" has no value; give it one, or train with --missing median",
        () -> without.unlabelled(table));
    refused(
        "row 2: column \"x\" has no value; give it one, or train with --missing median",
        () -> Pipeline.fit(table, PLAIN.withImputation(Imputation.ERROR)));
  }

  @Test
  void textsThatWereNotThereInTrainingAreNoneOfThemAndCounted() throws IOException {
    Pipeline pipeline = Pipeline.fit(read("c,x,kind\nred,1,a\nblue,2,b\n"), PLAIN);
    Table later = read("x,c\n5,green\n6,red\n7,\n");
    assertArrayEquals(new float[] {0, 0, 5, 0}, row(pipeline.unlabelled(later), 0));
    assertArrayEquals(new float[] {0, 1, 6, 0}, row(pipeline.unlabelled(later), 1));
    assertEquals(Map.of("c", 1), pipeline.unseen(later));
    assertEquals(Map.of("c", 1), pipeline.missing(later));
  }

  /** A small table may look like another. */
  @Test
  void aColumnIsWhatItWasInTraining() throws IOException {
    Pipeline pipeline = Pipeline.fit(read("c,x,kind\n1,1,a\nb,2,b\n10,3,b\n"), PLAIN);
    assertEquals(List.of("c=1", "c=10", "c=b", "x"), pipeline.inputs());
    assertArrayEquals(
        new float[] {0, 1, 0, 4, 0}, row(pipeline.unlabelled(read("c,x\n10,4\n1,5\n")), 0));
    Table odd = read("c,x\nb,4\n1,oops\n");
    refused(
        "row 2: column \"x\" has \"oops\" where the model was trained on numbers",
        () -> pipeline.unlabelled(odd));
    Table large = read("c,x\nb,4\n1,1e39\n");
    refused(
        "row 2: column \"x\" has 1e39, which is too large; the limit is 3.4e38",
        () -> pipeline.unlabelled(large));
  }

  /** What a model was never near is said, and not cut off. */
  @Test
  void aNumberTooFarFromThoseOfTrainingIsRefused() throws IOException {
    Pipeline pipeline = Pipeline.fit(read("x,kind\n1e-5,a\n2e-5,b\n"), Preparation.USUAL);
    Table far = read("x\n1e-5\n1e36\n");
    refused(
        "row 2: column \"x\" has 1e36, which is too far from what it had in training",
        () -> pipeline.unlabelled(far));
  }

  @Test
  void manyTextsShareInputs() throws IOException {
    Table table = read("c,x,kind\nred,1,a\nblue,2,b\nred,2,b\n");
    Pipeline pipeline = Pipeline.fit(table, PLAIN.withHashed("c", 4));
    assertEquals(List.of("c#0", "c#1", "c#2", "c#3", "x"), pipeline.inputs());
    float[] red = row(pipeline.samples(table), 0);
    assertEquals(1, red[0] + red[1] + red[2] + red[3]);
    assertArrayEquals(Arrays.copyOf(red, 4), Arrays.copyOf(row(pipeline.samples(table), 2), 4));
  }

  @Test
  void daysAreNumbers() throws IOException {
    Table table = read("d,kind\n1970-01-03,a\n1970-01-05,b\n");
    assertEquals(4, row(Pipeline.fit(table, PLAIN).samples(table), 1)[0]);
  }

  @Test
  void classesAreSortedByValueOrByText() throws IOException {
    assertEquals(List.of("-2", "9", "10"), classes("1,10\n1,9\n1,-2\n1,9.0\n"));
    assertEquals(List.of("10", "9", "a"), classes("x,k\n1,10\n1,a\n1,9\n"));
    assertEquals(List.of("no", "yes"), classes("x,k\n1,yes\n1,no\n"));
  }

  private List<String> classes(String text) throws IOException {
    return ((Target.Classes) Pipeline.fit(read(text), PLAIN).target()).names();
  }

  @Test
  void quantitiesAreStandardizedAndTurnedBack() throws IOException {
    Table table = read("x,price\n1,1.5\n2,3.5\n3,2.5\n");
    Pipeline pipeline = Pipeline.fit(table, PLAIN);
    Target.Quantity price = (Target.Quantity) pipeline.target();
    assertEquals(2.5, price.mean());
    assertEquals(Math.sqrt(2.0 / 3), price.deviation(), 1e-15);
    assertEquals(0, pipeline.samples(table).classes());
    assertEquals(3.5, price.restored(row(pipeline.samples(table), 1)[1]), 1e-6);
  }

  @Test
  void theTaskIsThatOfTheTarget() throws IOException {
    assertEquals(Task.CLASSIFICATION, task("x,k\n1,1\n1,2\n"));
    assertEquals(Task.CLASSIFICATION, task("x,k\n1,a\n1,b\n"));
    assertEquals(Task.REGRESSION, task("x,k\n1,1\n1,1.5\n"));
    assertEquals(Task.REGRESSION, task("x,k\n1,2001-01-01\n1,2001-01-02\n"));
    StringBuilder ages = new StringBuilder("x,k\n");
    for (int age = 0; age < 21; age++) {
      ages.append("1,").append(age).append('\n');
    }
    assertEquals(Task.REGRESSION, task(ages.toString()));
    assertEquals(Task.CLASSIFICATION, task(ages.toString().replace("20", "19")));
  }

  private Task task(String text) throws IOException {
    return Task.of(read(text).columns().getLast());
  }

  @Test
  void columnsAreFoundByNameAndWhereThereIsNoneByPlace() throws IOException {
    Pipeline named = Pipeline.fit(read("a,b,kind\n1,2,x\n3,4,y\n"), PLAIN);
    float[] expected = {5, 6, 0};
    for (String text :
        List.of("b,a\n6,5\n6,5\n", "kind,b,z,a\nx,6,9,5\n", "5,6\n", "5,6,x\n", "5,6,?\n")) {
      assertArrayEquals(expected, row(named.unlabelled(read(text)), 0), text);
    }
    Pipeline counted = Pipeline.fit(read("x,1,2\ny,3,4\n"), PLAIN.withTarget("1"));
    assertArrayEquals(expected, row(counted.unlabelled(read("5,6\n7,8\n")), 0));
    assertArrayEquals(expected, row(counted.unlabelled(read("x,5,6\ny,7,8\n")), 0));
    Table lacking = read("a,c\n1,2\n");
    refused(
        "there is no column \"b\", which the model takes (did you mean \"a\"?); there are a, c",
        () -> named.unlabelled(lacking));
  }

  @Test
  void refusesWhatItCannotPrepare() throws IOException {
    Table table = read("a,b,kind\n1,2,x\n3,4,y\n");
    refused(
        "there is no column \"kin\" (did you mean \"kind\"?); there are a, b, kind",
        () -> Pipeline.fit(table, PLAIN.withTarget("kin")));
    refused(
        "there is no column \"colour\"; there are a, b, kind",
        () -> Pipeline.fit(table, PLAIN.withDropped("colour")));
    refused(
        "column \"kind\" is to be predicted and to be left out",
        () -> Pipeline.fit(table, PLAIN.withTarget("kind").withDropped("kind")));
    refused(
        "one column; give features beside \"kind\"",
        () -> Pipeline.fit(table, PLAIN.withDropped("a", "b")));
    refused(
        "column \"kind\" has texts, and no quantity; leave out --task regression",
        () -> Pipeline.fit(table, PLAIN.withTask(Task.REGRESSION)));
    Table alike = read("a,kind\n1,x\n3,x\n");
    refused(
        "column \"kind\": all rows have \"x\"; a model tells at least 2 classes apart",
        () -> Pipeline.fit(alike, PLAIN));
    Table unlabelled = read("a,kind\n1,\n3,?\n");
    refused(
        "column \"kind\" has no value in any row; predict another: --target",
        () -> Pipeline.fit(unlabelled, PLAIN));
    Table gaps = read("a,b,kind\n1,,x\n,4,y\n");
    refused(
        "no row has a value in all columns that are needed",
        () -> Pipeline.fit(gaps, PLAIN.withImputation(Imputation.DROP)));
    Pipeline pipeline = Pipeline.fit(table, PLAIN);
    Table strange = read("a,b,kind\n1,2,x\n3,4,z\n");
    refused(
        "row 2: \"z\" is none of the classes of \"kind\": x, y", () -> pipeline.samples(strange));
    refused(
        "m: it holds no preparation of tables",
        () -> Pipeline.parse("m", pipeline.print().replace("inputs", "inputz")));
  }
}
