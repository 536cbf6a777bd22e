package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateTest {
  @TempDir Path folder;

  private String file(String json) throws IOException {
    return "--from=" + Files.writeString(folder.resolve("schedule.json"), json);
  }

  @Test
  void writesTheCodeOfAnotherFramework() {
    Command command =
        Command.run(
            "schedule",
            "step(0.1, factor=0.5, every=10ep) per epoch",
            "--as=pytorch",
            "--epochs=30");
    assertEquals(0, command.exit());
    assertTrue(command.out().contains("StepLR(optimizer, step_size=10, gamma=0.5)"), command.out());
    assertTrue(
        command.out().contains("# in a run of 30 epochs of 250 iterations\n"), command.out());
    assertEquals("", command.err());
  }

  @Test
  void aRunInStepsIsStated() {
    Command command =
        Command.run(
            "schedule",
            "linear(0.1, over=50%) per iteration",
            "--as=optax",
            "--steps=1000",
            "--steps-per-epoch=300");
    assertTrue(command.out().contains("transition_steps=500"), command.out());
    assertTrue(
        command
            .out()
            .contains("# in a run of 1000 iterations, 300 in an epoch, for which percents are"),
        command.out());
  }

  @Test
  void readsWhatPytorchSaved() throws IOException {
    Command command =
        Command.run(
            "schedule",
            file("{\"step_size\": 30, \"gamma\": 0.1, \"base_lrs\": [0.5], \"last_epoch\": 42}"));
    assertEquals(
        List.of("step(initial=0.5, factor=0.1, every=30ep, offset=0) per epoch"),
        command.outLines());
    assertEquals(
        List.of(
            "note: Assumed to be PyTorch StepLR, from its keys.",
            "note: The run stood at last_epoch=42, counted in epochs."),
        command.errLines());
  }

  @Test
  void howOftenItWasSteppedIsAskedFor() throws IOException {
    Command command =
        Command.run(
            "schedule",
            file("{\"class\": \"ExponentialLR\", \"gamma\": 0.9, \"base_lrs\": [0.5]}"),
            "--stepped=iteration");
    assertEquals(
        List.of(
            "exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration"),
        command.outLines());
  }

  @Test
  void fromOneFrameworkToAnother() throws IOException {
    Command command =
        Command.run(
            "schedule",
            file(
                "{\"class_name\": \"CosineDecay\", \"config\": {\"initial_learning_rate\": 0.1,"
                    + " \"decay_steps\": 1000, \"alpha\": 0.0}}"),
            "--as=optax");
    assertTrue(
        command
            .out()
            .contains("optax.cosine_decay_schedule(init_value=0.1, decay_steps=1000, alpha=0.0)"),
        command.out());
  }

  @Test
  void whatCannotBeDoneGetsOneLine() throws IOException {
    assertEquals(
        "anneal: no known schedule is saved with the keys lr; known: ExponentialDecay,"
            + " InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay, CosineDecay,"
            + " CosineDecayRestarts, SequentialLR, ReduceLROnPlateau,"
            + " CosineAnnealingWarmRestarts, CosineAnnealingLR, CyclicLR, LinearLR, PolynomialLR,"
            + " ConstantLR, StepLR, MultiStepLR, ExponentialLR",
        error("schedule", file("{\"lr\": 0.1}")));
    assertEquals(
        "anneal: give a schedule or --from, not both", error("schedule", "0.1", file("{}")));
    assertEquals(
        "anneal: --as translates one schedule, not 2",
        error("schedule", "0.1", "0.2", "--as=keras"));
    assertTrue(error("schedule", file("[1]")).contains("schedule.json is no JSON object"));
    assertTrue(error("schedule", file("null")).contains("schedule.json is no JSON object"));
    assertTrue(error("schedule", "--from=none.json").startsWith("anneal: cannot read none.json"));
  }

  private static String error(String... arguments) {
    Command command = Command.run(arguments);
    assertEquals(2, command.exit());
    assertEquals(1, command.errLines().size(), command.err());
    return command.err().strip();
  }
}
