package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
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
    assertEquals(
        "step(initial=1, factor=0.5, every=10ep, offset=0) per epoch",
        json.get("schedule").asString());
    assertEquals(1, json.get("start").asDouble());
    assertEquals(Math.pow(0.5, 9), json.get("end").asDouble());
    assertTrue(json.get("warning").isNull());
  }
}
