package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScheduleCommandTest {
  private static final String TRAP =
      "warning: the decay is applied 250 times an epoch: the rate is 0.0286 after epoch 1, not"
          + " 0.099; if 0.099 was meant, write time-based(initial=0.1, decay=0.01";

  @Test
  void writesALineAnIteration() {
    Command command =
        Command.run(
            "schedule",
            "time-based(initial=0.1, decay=0.01) per iteration",
            "--epochs=2",
            "--samples=16000",
            "--batch=64",
            "--csv");
    assertEquals(0, command.exit());
    List<String> lines = command.outLines();
    assertEquals("iteration,epoch,value", lines.getFirst());
    assertEquals(1 + 500, lines.size());
    assertEquals("0,0,0.1", lines.get(1));
    assertTrue(lines.get(1 + 250).startsWith("250,1,0.02857142857142857"), lines.get(251));
    assertTrue(command.err().startsWith(TRAP), command.err());
  }

  @Test
  void writesALineAnEpoch() {
    Command command =
        Command.run(
            "schedule",
            "time-based(initial=0.1, decay=0.001, form=recursive) per epoch",
            "--epochs=5",
            "--csv",
            "--per=epoch");
    List<String> values = command.outLines().stream().map(line -> line.split(",")[2]).toList();
    assertEquals(6, values.size());
    double[] expected = {0.1, 0.0999000999, 0.0997006985, 0.09940249103, 0.09900646517};
    for (int epoch = 0; epoch < 5; epoch++) {
      assertEquals(expected[epoch], Double.parseDouble(values.get(epoch + 1)), 1e-10);
    }
    assertEquals("", command.err());
  }

  @Test
  void theRaggedLastBatchIsAnIteration() {
    Command command =
        Command.run("schedule", "0.1", "--epochs=3", "--samples=235", "--batch=28", "--csv");
    assertEquals(1 + 3 * 9, command.outLines().size());
  }

  @Test
  void showsTheTrapOfLegacyDecay() {
    Command command =
        Command.run(
            "schedule",
            "constant(0.1)",
            "--optimizer=sgd(decay=0.01)",
            "--samples=16000",
            "--batch=64",
            "--epochs=50");
    assertEquals(0, command.exit());
    assertTrue(
        command.out().contains("0.1 at the start, 0.0286 after epoch 1, 0.000794 at the end"),
        command.out());
    assertTrue(command.out().contains(TRAP), command.out());
  }

  @Test
  void anOptimizerShowsTheRateItReads() {
    Command command = Command.run("schedule", "sgd(lr=0.1, decay=0.01)");
    assertTrue(command.out().contains(TRAP), command.out());
  }

  @Test
  void whatIsReadPerEpochIsNoTrap() {
    Command command = Command.run("schedule", "exponential(initial=0.5, rate=0.1) per epoch");
    assertEquals(0, command.exit());
    assertTrue(!command.out().contains("warning"), command.out());
    assertTrue(command.out().contains("0.5 at the start, 0.452 after epoch 1, 2.51e-5 at the end"));
  }

  @Test
  void speaksJson() {
    Command command =
        Command.run("schedule", "step(initial=1, factor=0.5, every=10) per epoch", "--json");
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertEquals(250, json.get("iterations_per_epoch").asInt());
    JsonNode rate = json.at("/schedules/0/hyperparameters/0");
    assertEquals(
        "step(initial=1, factor=0.5, every=10ep, offset=0) per epoch",
        rate.get("schedule").asString());
    assertEquals(1, rate.get("start").asDouble());
    assertEquals(Math.pow(0.5, 9), rate.get("end").asDouble());
    assertEquals(22_500, rate.at("/least/iteration").asInt());
    assertTrue(json.at("/schedules/0/findings").isEmpty());
    assertEquals("", command.err());
  }

  @Test
  void findingsAreInTheJson() {
    JsonNode json =
        JsonMapper.shared().readTree(Command.run("schedule", "sgd(decay=0.01)", "--json").out());
    JsonNode finding = json.at("/schedules/0/findings/0");
    assertEquals("decay-per-iteration", finding.get("rule").asString());
    assertEquals("learning_rate", finding.get("hyperparameter").asString());
    assertEquals(250, finding.get("iteration").asInt());
  }

  @Test
  void overlaysSeveralAndListsTheirBoundaries() {
    Command command =
        Command.run(
            "schedule",
            "sequence([0.1, 0.01], boundaries=[1010it])",
            "sgd(lr=0.05, momentum=polynomial(initial=0.9, end=0.5) per epoch)",
            "--steps=2000",
            "--steps-per-epoch=100");
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("2 schedules over 2,000 iterations, 100 an epoch\n"));
    assertTrue(
        Pattern.compile("• +1,010 +10\\.1 +0\\.1000 +0\\.01000  schedule 2\n")
            .matcher(command.out())
            .find(),
        command.out());
    assertTrue(
        Pattern.compile("× +2,000 +20 +0\\.5200 +–  momentum: end\n").matcher(command.out()).find(),
        command.out());
    assertTrue(command.out().contains("momentum: 0.9 at the start, 0.88 after epoch 1"));
    String top =
        command.outLines().stream()
            .filter(line -> line.contains("0.1 ┤"))
            .findFirst()
            .orElseThrow();
    // 1,010 of 2,000 updates: 36.36 of the 72 columns are high.
    assertEquals(37, top.chars().filter(c -> c == '•').count(), top);
  }

  @Test
  void aColumnForEachOfSeveral() {
    Command command = Command.run("schedule", "0.1", "constant(value=0.2)", "--steps=2", "--csv");
    assertEquals(
        List.of("iteration,epoch,\"0.1\",\"constant(value=0.2)\"", "0,0,0.1,0.2", "1,0,0.1,0.2"),
        command.outLines());
  }

  @Test
  void writesAPictureAndAPage(@TempDir Path folder) throws IOException {
    Path svg = folder.resolve("a.svg");
    Path html = folder.resolve("a.html");
    Command command =
        Command.run(
            "schedule", "polynomial(initial=0.1) per epoch", "--svg=" + svg, "--html=" + html);
    assertEquals(0, command.exit(), command.err());
    assertTrue(Files.readString(svg).startsWith("<svg "));
    String page = Files.readString(html);
    assertTrue(page.contains("anneal schedule &quot;polynomial(initial=0.1) per epoch&quot;"));
  }

  @Test
  void strictRefusesAndWritesNothing(@TempDir Path folder) {
    Path svg = folder.resolve("a.svg");
    for (List<String> command :
        List.of(
            List.of("schedule", "sgd(decay=0.01)", "--svg=" + svg),
            List.of("train", "--data=ionosphere", "--optimizer=sgd(decay=0.5)", "--out=" + svg),
            List.of(
                "compare",
                "--data=ionosphere",
                "--run=adam",
                "--run=sgd(decay=0.5)",
                "--out=" + svg))) {
      List<String> strict = new ArrayList<>(command);
      strict.add("--strict");
      Command refused = Command.run(strict.toArray(String[]::new));
      assertEquals(2, refused.exit());
      assertEquals("", refused.out());
      assertEquals(1, refused.errLines().size(), refused.err());
      assertTrue(refused.err().contains("[decay-per-iteration]"), refused.err());
      assertFalse(Files.exists(svg));
    }
    assertEquals(0, Command.run("schedule", "0.1", "--strict").exit());
  }

  @Test
  void aLongRunIsSampledAndSaysSo() {
    Command command =
        Command.run(
            "schedule",
            "sequence([0.1, 0.5, 0.1], boundaries=[5000001it, 5000002it])",
            "--steps=10000000",
            "--steps-per-epoch=1000000");
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("a long run: 100,0"), command.out());
    assertTrue(command.out().contains("greatest 0.5 at iteration 5,000,001"), command.out());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBeWrittenIsNoSuccess() throws IOException {
    for (String form : List.of("--csv", "--json", "--strict")) {
      try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
        Command command = Command.writingTo(full, "schedule", "0.1", form);
        assertEquals(1, command.exit());
        assertEquals(
            "anneal: standard output cannot be written: it is full or closed\n", command.err());
      }
    }
  }

  @Test
  void nothingIsComputedThatNobodyReads() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Command command =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () ->
                Command.writingTo(
                    closed,
                    "schedule",
                    "cosine(0.1) per iteration",
                    "--steps=" + Long.MAX_VALUE,
                    "--csv"));
    assertEquals(1, command.exit());
  }

  /** Values so large that the next number is the same, and runs that nobody could walk through. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          formula("-1e17 + t") per iteration | 17
          formula("if(t < 5, -1.7e308, 1.7e308)") per iteration | 10
          formula("t * 4.9e-324") per iteration | 10
          cosine(0.1) per iteration          | 9223372036854775807
          cosine-restarts(0.1, period=1it) per iteration | 9223372036854775807
          """)
  void nothingTakesForever(String schedule, String steps, @TempDir Path folder) {
    Command command =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () ->
                Command.run(
                    "schedule",
                    schedule,
                    "--steps=" + steps,
                    "--svg=" + folder.resolve("a.svg"),
                    "--html=" + folder.resolve("a.html")));
    assertEquals(0, command.exit(), command.err());
  }

  @Test
  void aRunIsToldOnce() {
    Command command = Command.run("schedule", "0.1", "--steps=5", "--epochs=5");
    assertEquals(2, command.exit());
    assertTrue(command.err().contains("--epochs or --steps, not both"), command.err());
  }
}
