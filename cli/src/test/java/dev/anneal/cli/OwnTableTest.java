package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a file of one's own to predictions, whatever it looks like. */
class OwnTableTest {
  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private String file(String name, String text) throws IOException {
    return "csv:" + Files.writeString(folder.resolve(name), text);
  }

  private static Command run(int exit, String... arguments) {
    Command command = Command.run(arguments);
    assertEquals(exit, command.exit(), () -> command.out() + command.err());
    return command;
  }

  private Command train(int exit, String data, String... more) {
    Stream<String> usual = Stream.of("train", "--data=" + data, "--json", "--out=" + at("run"));
    return run(exit, Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
  }

  private static JsonNode json(Command command) {
    return JsonMapper.shared().readTree(command.out().lines().toList().getLast());
  }

  private static void assertSaid(String words, Command command) {
    String all = command.out() + command.err();
    assertTrue(all.contains(words), all);
  }

  /** Two kinds of flowers, far apart, in the order of their kinds. */
  private static String flowers(String heading, String form) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder(heading + "\n");
    for (int i = 0; i < 80; i++) {
      double width = (i < 40 ? 1 : 3) + random.nextDouble();
      double height = 1000 * ((i < 40 ? 5 : 7) + random.nextDouble());
      text.append(
          form.formatted(width, height, i < 40 ? "small" : "large", i + 1)
              .replace(".", form.contains(";") ? "," : "."));
      text.append('\n');
    }
    return text.toString();
  }

  /** As Excel in Germany, R, pandas and others write it, with the label in front or behind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "width,height,kind|%.3f,%.1f,%s",
        "width;height;kind|%.3f;%.1f;%s",
        "width\theight\tkind|%.3f\t%.1f\t%s",
        "kind,width,height|%3$s,%1$.3f,%2$.1f",
        "\"width\",\"height\",\"kind\"|\"%4$d\",%1$.3f,%2$.1f,\"%3$s\"",
        ",width,height,kind|%4$d,%1$.3f,%2$.1f,%3$s",
      })
  void anyUsualFileIsLearnedFromAndPredictedFor(String form) throws IOException {
    String[] parts = form.split("\\|", -1);
    String data = file("flowers.csv", flowers(parts[0], parts[1]));
    JsonNode end = json(train(0, data, "--target=kind", "--epochs=20"));
    assertEquals(1, end.get("val_accuracy").asDouble(), end::toString);
    List<String> rows = run(0, "predict", at("run"), "--data=" + data).out().lines().toList();
    assertEquals("prediction,p_large,p_small", rows.getFirst());
    assertTrue(rows.get(1).startsWith("small,"), rows.get(1));
    assertTrue(rows.getLast().startsWith("large,"), rows.getLast());
    assertSaid("accuracy 1.000", run(0, "evaluate", at("run"), "--data=" + data));
  }

  private static String prices(int rows) {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder("area,town,price\n");
    for (int i = 0; i < rows; i++) {
      double area = 50 + 100 * random.nextDouble();
      String town = List.of("Ulm", "Bonn", "").get(i % 3);
      double price = 1000 * area + (i % 3 == 0 ? 50_000 : 0);
      text.append("%s,%s,%.2f%n".formatted(i % 7 == 0 ? "?" : area, town, price));
    }
    return text.toString();
  }

  @Test
  void aQuantityIsPredictedInItsUnit() throws IOException {
    String data = file("houses.csv", prices(120));
    Command trained = train(0, data, "--epochs=40", "--monitor=val_r2", "--restore-best");
    assertSaid("regression: \"price\" is a quantity, with 120 different values", trained);
    assertSaid("missing: area (18), town (40);", trained);
    JsonNode end = json(trained);
    assertTrue(end.get("val_r2").asDouble() > 0.5, end::toString);
    assertTrue(end.get("val_rmse").asDouble() > 1000, end::toString);
    Path later = Files.writeString(folder.resolve("new.csv"), "town,area\nUlm,100\nKöln,100\n");
    Command predicted = run(0, "predict", at("run"), "--data=csv:" + later);
    List<String> rows = predicted.out().lines().toList();
    assertEquals("prediction", rows.getFirst());
    assertEquals(150_000, Double.parseDouble(rows.get(1)), 20_000);
    assertSaid(
        "rows with something in column \"town\" that was not there in training: 1", predicted);
    JsonNode measured = json(run(0, "evaluate", at("run"), "--data=" + data, "--json"));
    assertEquals(List.of("rmse", "mae", "r2"), List.copyOf(measured.propertyNames()));
    run(0, "verify", at("run"));
  }

  /** A row alone is what it is among others, bit for bit. */
  @Test
  void aRowIsPredictedTheSameAloneAndAmongOthers() throws IOException {
    String text = prices(60);
    train(0, file("houses.csv", text), "--epochs=2");
    List<String> lines = text.lines().toList();
    List<String> together = predicted(text);
    for (int row : List.of(1, 7, 42)) {
      assertEquals(
          together.get(row), predicted(lines.getFirst() + "\n" + lines.get(row) + "\n").get(1));
    }
  }

  private List<String> predicted(String text) throws IOException {
    return run(0, "predict", at("run"), "--data=" + file("new.csv", text)).out().lines().toList();
  }

  /** Few rows leave in doubt what many have told: commas, the order of days and months. */
  @Test
  void fewRowsAreReadAsThoseOfTraining() throws IOException {
    StringBuilder text = new StringBuilder("when;x;price\n");
    for (int i = 0; i < 90; i++) {
      text.append(
          "%02d/%02d/2020;%d,5;%d,25%n".formatted(1 + i % 28, 1 + i % 12, i % 7, 10 * (i % 12)));
    }
    train(0, file("prices.csv", text.toString()), "--epochs=3");
    List<String> together = predicted("when;x\n03/11/2020;1,5\n25/12/2020;3,5\n");
    assertEquals(together.get(1), predicted("when;x\n03/11/2020;1,5\n").get(1));
    // A point between thousands, where training had commas before decimals.
    assertEquals(predicted("when;x\n25/12/2020;5123\n"), predicted("when;x\n25/12/2020;5.123\n"));
  }

  @Test
  void daysThatMayBeMonthsAreReadAsIsSaid() throws IOException {
    StringBuilder text = new StringBuilder("when,price\n");
    for (int i = 0; i < 90; i++) {
      text.append("%02d/%02d/2020,%d.25%n".formatted(1 + i % 12, 1 + i % 11, 10 * (i % 12)));
    }
    String data = file("prices.csv", text.toString());
    assertSaid("--day-first yes or no", train(0, data, "--epochs=1"));
    Command trained = train(0, data, "--day-first=yes", "--epochs=1");
    assertFalse(trained.err().contains("doubtful-days"), trained.err());
    assertSaid("1 column makes 1 input", trained);
    assertEquals(predicted("when\n2020-04-03\n"), predicted("when\n03/04/2020\n"));
    run(0, "verify", at("run"));
  }

  @Test
  void numbersOfAccountsAreNegativeInParentheses() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 60; i++) {
      text.append("%d,%s%n".formatted(i % 9, i % 2 == 0 ? "(0." + i + "1)" : "0." + i + "1"));
    }
    assertSaid("regression", train(0, file("accounts.csv", text.toString()), "--epochs=1"));
  }

  @Test
  void aNameThatIsANumberIsAName() throws IOException {
    StringBuilder text = new StringBuilder("a,2,b,goal\n");
    for (int i = 0; i < 60; i++) {
      text.append("%d.5,%d,%d,%d.25%n".formatted(i % 9, i % 5, i, 60 - i));
    }
    assertSaid(
        "60 rows: commas, a header",
        train(0, file("names.csv", text.toString()), "--target=goal", "--drop=2", "--epochs=1"));
  }

  @Test
  void aColumnWithACommaInItsNameCanBeLeftOut() throws IOException {
    String data = file("flowers.csv", flowers("\"width, mm\",height,kind", "%.3f,%.1f,%s"));
    assertSaid("1 column makes 1 input", train(0, data, "--drop=width, mm", "--epochs=1"));
  }

  @Test
  void foldsTestAndGroupsSetRowsAside() throws IOException {
    String data = file("flowers.csv", flowers("width,height,kind,nr", "%.3f,%.1f,%s,%d"));
    JsonNode end =
        json(train(0, data, "--target=kind", "--drop=nr", "--test-split=0.25", "--epochs=2"));
    assertTrue(end.has("test_loss") && end.has("test_auc"), end::toString);
    assertSaid(
        "53 samples train, 27 validate",
        train(0, data, "--target=kind", "--drop=nr", "--fold=2/3", "--epochs=1"));
    assertSaid("3 columns make 3 inputs", train(0, data, "--target=kind", "--epochs=1"));
    assertSaid(
        "2 columns make 2 inputs", train(0, data, "--target=kind", "--group=nr", "--epochs=1"));
  }

  @Test
  void validationDataMayLackAClassAndHaveTheirColumnsInAnotherOrder() throws IOException {
    String data = file("flowers.csv", flowers("width,height,kind", "%.3f,%.1f,%s"));
    String other = file("other.csv", "kind,height,width\nsmall,5100,1.2\nsmall,5500,1.7\n");
    JsonNode end =
        json(train(0, data, "--target=kind", "--validation-data=" + other, "--epochs=20"));
    assertEquals(1, end.get("val_accuracy").asDouble());
  }

  @Test
  void textsOfValidationDataThatTrainingLacksAreCounted() throws IOException {
    String other = file("other.csv", "area,town,price\n70,Köln,80000\n90,Ulm,95000\n");
    Command trained =
        train(0, file("houses.csv", prices(60)), "--validation-data=" + other, "--epochs=1");
    assertSaid("rows with something in column \"town\" that was not there in training: 1", trained);
  }

  @Test
  void whatChangedSinceIsNoticed() throws IOException {
    String text = flowers("width,height,kind", "%.3f,%.1f,%s");
    train(0, file("flowers.csv", text), "--epochs=2");
    file("flowers.csv", text.replaceFirst("1\\.", "2."));
    assertSaid("the data are not those", run(2, "verify", at("run")));
    assertSaid("the data are not those", run(2, "resume", at("run"), "--epochs=4"));
  }

  @Test
  void aFieldAmongNumbersThatIsNoneIsNamed() throws IOException {
    String data =
        file(
            "flowers.csv",
            flowers("width,height,kind", "%.3f,%.1f,%s").replaceFirst("\n1\\.", "\nl."));
    Command refused = train(2, data);
    assertSaid("column \"width\" has numbers, but for texts such as \"l.", refused);
    assertEquals(1, refused.errLines().size(), refused.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--numbers", "--categories", "--drop", "--target", "--group"})
  void aColumnThatIsNotThereIsNamed(String option) throws IOException {
    String data = file("flowers.csv", flowers("width,height,kind", "%.3f,%.1f,%s"));
    assertSaid(
        "there is no column \"hight\" (did you mean \"height\"?); there are width, height, kind",
        train(2, data, option + "=hight"));
  }

  @Test
  void sizesThatDoNotFitAreRefused() throws IOException {
    String data = file("flowers.csv", flowers("width,height,kind", "%.3f,%.1f,%s"));
    train(0, data, "--model=2-8-1", "--epochs=1");
    train(0, data, "--model=8-8", "--epochs=1");
    assertSaid(
        "the model 3-8-1 begins with 3, but a sample has 2 numbers",
        train(2, data, "--model=3-8-1", "--epochs=1"));
  }

  @Test
  void optionsOfTablesAreRefusedElsewhere() {
    assertSaid(
        "--target is for tables, --data csv:FILE; ionosphere is none",
        train(2, "ionosphere", "--target=kind"));
    assertSaid("--group names a column of a table", train(2, "ionosphere", "--group=kind"));
  }

  @Test
  void inputsThatLeaveTheClassOpenAreSaid() throws IOException {
    StringBuilder text = new StringBuilder("x,kind\n");
    for (int i = 0; i < 400; i++) {
      text.append("%d,%s%n".formatted(i % 8, i < 100 ? "a" : "b"));
    }
    assertSaid(
        "at best 75.00 % can be right",
        train(0, file("open.csv", text.toString()), "--epochs=1", "--validation-split=0"));
  }

  @Test
  void aModelThatLearnsNothingIsStoppedUnderStrict() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("x,kind\n");
    for (int i = 0; i < 1000; i++) {
      text.append("%.6f,%s%n".formatted(random.nextDouble(), i % 4 == 0 ? "a" : "b"));
    }
    Command stopped =
        train(2, file("nothing.csv", text.toString()), "--optimizer=sgd(0.1)", "--strict");
    assertSaid("[learns-nothing]; stopped, with a checkpoint", stopped);
    run(0, "resume", at("run"), "--json");
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyThreads() throws IOException {
    String data = file("houses.csv", prices(90));
    TreeSet<String> hashes = new TreeSet<>();
    for (String threads : List.of("1", "2", "4")) {
      hashes.add(
          json(train(0, data, "--epochs=2", "--threads=" + threads))
              .get("weights_sha256")
              .asString());
    }
    assertEquals(1, hashes.size());
  }
}
