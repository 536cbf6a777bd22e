package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FindLrCommandTest {
  @TempDir Path folder;

  private Command find(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("find-lr", "--data=ionosphere", "--out=" + folder.resolve(out)));
    if (Stream.of(more).noneMatch(option -> option.startsWith("--optimizer"))) {
      arguments.add("--optimizer=sgd(momentum=0.9)");
    }
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Command command) {
    assertEquals(0, command.exit(), command.err());
    assertEquals(1, command.outLines().size(), command.out());
    return JsonMapper.shared().readTree(command.out());
  }

  private Set<String> files(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void endsWithOneLineOfJsonThatIsTheSameEachTime() throws IOException {
    Command command = find("a", "--json", "--seeds=2", "--use");
    JsonNode json = json(command);
    double suggestion = json.get("suggestion").asDouble();
    assertTrue(0.01 < suggestion && suggestion < 1, command.out());
    assertFalse(json.has("reason"));
    double minimum = json.at("/minimum_over_ten/suggestion").asDouble();
    double valley = json.at("/valley/suggestion").asDouble();
    assertEquals(Math.sqrt(minimum * valley), suggestion, 1e-12);
    assertTrue(json.at("/steepest_descent/suggestion").isNumber());
    assertTrue(json.at("/slide/suggestion").isNumber());
    assertEquals(42, json.at("/seeds/0/seed").asInt());
    assertEquals(43, json.at("/seeds/1/seed").asInt());
    assertEquals(100, json.get("steps").asInt());
    assertEquals(command.out(), find("b", "--json", "--seeds=2", "--use", "--threads=3").out());
    assertEquals(
        json, JsonMapper.shared().readTree(Files.readString(folder.resolve("a/suggestion.json"))));
  }

  @Test
  void leavesAPageAPictureATableAndWhatRepeatsIt() throws IOException {
    Command command = find("a", "--seeds=2");
    assertEquals(0, command.exit(), command.err());
    assertEquals(
        Set.of("report.html", "curves.svg", "curves.csv", "suggestion.json", "spec.yaml"),
        files("a"));
    List<String> rows = Files.readAllLines(folder.resolve("a/curves.csv"));
    assertEquals("step,rate,loss_42,smoothed_42,loss_43,smoothed_43", rows.getFirst());
    assertEquals(101, rows.size());
    assertTrue(rows.get(1).startsWith("0,1.0E-6,0."), rows.get(1));
    assertTrue(rows.getLast().startsWith("99,10.0,"), rows.getLast());
    String page = Files.readString(folder.resolve("a/report.html"));
    assertFalse(Pattern.compile("\\{\\{\\{?\\w+}}").matcher(page).find());
    assertTrue(page.contains("default-src 'none'"));
    assertTrue(page.contains("Try 0."));
    assertFalse(Files.readString(folder.resolve("a/curves.svg")).contains("NaN"));
    Command again =
        Command.run(
            "find-lr", "--spec=" + folder.resolve("a/spec.yaml"), "--out=" + folder.resolve("b"));
    assertEquals(0, again.exit(), again.err());
    assertEquals(
        -1, Files.mismatch(folder.resolve("a/curves.csv"), folder.resolve("b/curves.csv")));
  }

  @Test
  void drawsWithinEightyColumnsAndSaysWhatItIs() {
    Command command = find("a", "--seeds=2");
    List<String> plot =
        command.outLines().stream().filter(line -> line.matches(" *[-\\d.e]* [┤└|+].*")).toList();
    assertEquals(15, plot.size(), command.out());
    assertTrue(plot.stream().allMatch(line -> line.length() <= 80), command.out());
    assertTrue(command.out().contains("as the centre of a grid"), command.out());
    assertTrue(command.out().contains("It is no answer; training decides."), command.out());
    for (String rule : List.of("minimum/10", "valley", "steepest descent", "slide")) {
      assertTrue(command.outLines().stream().anyMatch(line -> line.startsWith(rule)), rule);
    }
    assertFalse(command.out().contains("%|"), "no bar where there is no terminal");
  }

  /** The command that trains with it is one that trains. */
  @Test
  void whatIsFoundCanBeUsed() {
    JsonNode json =
        json(
            find(
                "a",
                "--json",
                "--use",
                "--seeds=1",
                "--epochs=1",
                "--schedule=one-cycle(peak=0.5) per iteration",
                "--restore-best"));
    double suggestion = json.get("suggestion").asDouble();
    String optimizer = json.at("/use/optimizer").stringValue();
    assertTrue(optimizer.contains("scale(schedule=one-cycle(peak=0.5"), optimizer);
    String factor = optimizer.replaceFirst(".*factor=([-\\d.eE]+).*", "$1");
    // The peak of 0.5 may lie between two of its few updates.
    assertEquals(suggestion, 0.5 * Double.parseDouble(factor), 0.05 * suggestion);
    String train = json.at("/use/command").stringValue();
    assertTrue(train.startsWith("anneal train --data ionosphere"), train);
    assertTrue(train.contains("--restore-best"), train);
    assertFalse(train.contains("--schedule") || train.contains("--seeds"), train);
    List<String> words =
        new ArrayList<>(
            Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(train)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .skip(1)
                .toList());
    words.addAll(List.of("--out", folder.resolve("t").toString()));
    Command trained = Command.run(words.toArray(String[]::new));
    assertEquals(0, trained.exit(), trained.err());
  }

  @Test
  void whereNothingIsSuggestedTheReasonIs() {
    JsonNode json = json(find("a", "--json", "--use", "--seeds=2", "--from=1e-9", "--to=1e-7"));
    assertTrue(json.get("suggestion").isNull());
    assertTrue(json.get("reason").stringValue().startsWith("minimum/10: "), json.toString());
    assertTrue(json.get("use").isNull());
    assertTrue(json.at("/valley/suggestion").isNull());
    assertFalse(json.at("/valley/reason").stringValue().isBlank());
  }

  @Test
  void oneGroupAloneMayBeTested() {
    Command command =
        find("a", "--seeds=1", "--optimizer=sgd(0.1); dense_1: lr=0.2", "--only-group=dense_1");
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("learning rate of dense_1 from 1e-6 to 10"), command.out());
    assertTrue(command.out().contains("base trained at rates of their own"), command.out());
  }

  @Test
  void takesTheDescriptionOfARun() throws IOException {
    Path run = folder.resolve("run");
    assertEquals(0, Command.run("train", "--data=ionosphere", "--epochs=1", "--out=" + run).exit());
    Path spec = run.resolve("spec.yaml");
    Command command =
        Command.run("find-lr", "--spec=" + spec, "--seeds=1", "--out=" + folder.resolve("a"));
    assertEquals(0, command.exit(), command.err());
    Command refused = Command.run("find-lr", "--spec=" + spec, "--out=" + run);
    assertEquals(2, refused.exit());
    assertTrue(refused.err().contains("has a run or a comparison in it"), refused.err());
    assertTrue(Files.readString(spec).contains("epochs: 1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --ladder=linear               | give --from and --to: a linear ladder has no usual range
          --ladder=steep                | --ladder
          --parameter=momentum          | give --from and --to: momentum has no usual range
          --parameter=momentum --from=0.5 --to=1.5 | momentum must be in [0, 1], not 1.5
          --parameter=momentun --from=0.5 --to=0.9 | did you mean "momentum"
          --from=0                      | a ladder climbs from above 0 to a greater number, not from 0 to 10
          --from=1 --to=0.1             | not from 1 to 0.1
          --steps=10                    | a ladder has 50 to 10000 steps, not 10
          --seeds=0                     | a range test takes at least 1 seed, not 0
          --only-group=dense_1          | no group that is trained is named "dense_1"; there are base
          --optimizer=sgd(0)            | learning_rate of base is 0 throughout
          --optimizer=sdg               | did you mean "sgd"
          --epochs=0                    | epochs must be at least 1
          """)
  void wrongInputIsNamed(String options, String reason) {
    Command command = find("a", options.split(" "));
    assertEquals(2, command.exit(), command.err());
    assertEquals(1, command.errLines().size(), command.err());
    assertTrue(command.err().contains(reason), command.err());
    assertEquals("", command.out());
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void aComparisonKeepsItsPage() throws IOException {
    Files.createDirectories(folder.resolve("a/runs"));
    Command command = find("a", "--seeds=1");
    assertEquals(2, command.exit(), command.err());
    assertEquals(Set.of("runs"), files("a"));
  }

  @Test
  void aFolderThatCannotBeIsNamedBeforeTheTest() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Command command = find("file/a", "--seeds=1");
    assertEquals(2, command.exit(), command.err());
    assertTrue(command.err().contains(file.toString()), command.err());
  }
}
