package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong input: one line that says what and where, exit code 2, and nothing written. */
class WrongInputTest {
  @TempDir Path folder;

  private void refused(String reason, String... arguments) {
    Path out = folder.resolve("out");
    Command command = Command.run(arguments);
    assertEquals(2, command.exit(), command.err());
    assertEquals(1, command.errLines().size(), command.err());
    assertTrue(command.err().contains(reason), command.err());
    assertEquals("", command.out());
    assertFalse(Files.exists(out), "nothing half-written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --optimizer  | sdg                          | no optimizer is named "sdg" (did you mean "sgd"?)
          --optimizer  | sgd(momentum=1.5)            | momentum must be in [0, 1], not 1.5
          --optimizer  | sgd(momentun=0.5)            | momentun
          --optimizer  | sgd; dens_1: frozen          | group "dens_1" takes no parameter (did you mean "dense_1"?)
          --optimizer  | sgd; dense_1: lr=0.1; "*.bias": frozen | dense_1.bias is in 2 groups: "dense_1" and "*.bias"
          --optimizer  | dense_1: sgd                 | no group takes dense_2.kernel
          --optimizer  | sgd; dense_1: momentun=0.5   | group "dense_1": sgd has no parameter "momentun" (did you mean "momentum"?)
          --optimizer  | "*": frozen                  | all groups are frozen for good
          --optimizer  | sgd; dense_1: lr=plateau(0.1, monitor=val_los) | dense_1/learning_rate
          --dropout    | formula("0.1")               | formula has a clock
          --schedule   | exponental(initial=0.5)      | did you mean "exponential"
          --schedule   | exponential(initial=0.1, rate=0.1) | has a clock
          --schedule   | exponential(initial=-1, rate=0.1) per epoch | initial must be in [0, inf), not -1
          --schedule   | constant(0.1                 | parenthesis
          --data       | ionosfere                    | did you mean "ionosphere"
          --data       | csv:nowhere.csv              | nowhere.csv
          --data-dir   | /nowhere                     | /nowhere
          --model      | 33-34-1                      | the model 33-34-1 begins with 33, but a sample has 34 numbers
          --model      | 34-34-3                      | the model 34-34-3 ends in 3, but 2 classes take 1
          --model      | 34-2000000000-1 | dense_1.kernel would have 34 x 2000000000 weights
          --model      | 34-x                         | "34-x" is no model
          --init       | glorot                       | no initializer is named "glorot"
          --dropout    | 1                            | rate must be in [0, 1), not 1
          --activation | rely                         | rely
          --epochs     | 0                            | epochs must be at least 1, not 0
          --epochs     | many                         | many
          --batch      | -3                           | batch must be at least 1, not -3
          --threads    | 0                            | --threads must be 1 to 1024, not 0
          --threads    | 100000                       | --threads must be 1 to 1024, not 100000
          --validation-split | 1                      | 1
          --patience   | 0                            | patience must be at least 1
          --frobnicate | 1                            | --frobnicate
          --split      | last                         | --split is ordered or stratified, not "last"
          --task       | guess                        | --task is classification or regression, not "guess"
          --scale      | log                          | --scale is none, standard, minmax or robust, not "log"
          --missing    | zero                         | --missing is median, mean, drop or error, not "zero"
          --hash       | town                         | --hash is a column and a number of inputs, such as ticket:32, not "town"
          --separator  | ab                           | --separator is one letter, or tab or space, not "ab"
          --header     | maybe                        | --header is yes or no, not "maybe"
          --decimal    | x                            | --decimal must be a point or a comma
          --encoding   | utf-9                        | --encoding is the name of an encoding, such as UTF-8, not "utf-9"
          --class-weights | 2                         | --class-weights is balanced, not "2"
          --on-divergence | cry                       | --on-divergence is stop, skip or back-off, not "cry"
          --activation | dense(3)                     | --activation is an activation, such as relu, not "dense(3)"
          """)
  void isNamed(String option, String value, String reason) {
    String out = folder.resolve("out").toString();
    if (option.equals("--data")) {
      refused(reason, "train", "--out", out, option, value);
    } else {
      refused(reason, "train", "--out", out, "--data", "ionosphere", option, value);
    }
  }

  /** Only the plan of the training knows. */
  @ParameterizedTest
  @ValueSource(strings = {"--batch=1000000000", "--model=34-40000-40000-40000-1"})
  void whatNoArrayCanHoldIsRefused(String option) {
    Command command =
        Command.run("train", "--data=ionosphere", option, "--out=" + folder.resolve("out"));
    assertEquals(2, command.exit(), command.err());
    assertEquals(
        "anneal: the model or the batch takes an array of more than 2147483639 numbers: take a"
            + " smaller one\n",
        command.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--svg", "--html"})
  void aFileThatCannotBeWrittenIsNamed(String option) {
    Path file = folder.resolve("out").resolve("a");
    refused(file + ": cannot be written: no such file", "schedule", "0.1", option, file.toString());
  }

  @Test
  void aTerminalObeysNothingInAMessage() throws IOException {
    Path spec = Files.writeString(folder.resolve("a.yaml"), "\"\\e[2J\\u009b2J\": 1\n");
    refused("\" [2J 2J\" is no option", "train", "--spec=" + spec);
  }

  @Test
  void aRaggedRowIsNamedByItsLine() throws IOException {
    Path csv = Files.write(folder.resolve("a.csv"), List.of("1,2,x", "1,2,y", "1,x"));
    String out = folder.resolve("out").toString();
    refused("line 3", "train", "--data", "csv:" + csv, "--out", out);
  }

  @Test
  void aTruncatedDataFileIsNamed() throws IOException {
    for (String part : List.of("train", "t10k")) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0, 0});
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0});
    }
    refused(
        "idx", "train", "--data-dir", folder.toString(), "--out", folder.resolve("out").toString());
  }

  @Test
  void aComparisonOfOneRunIsNone() {
    String out = folder.resolve("out").toString();
    refused("at least 2 runs", "compare", "--data", "ionosphere", "--run", "adam", "--out", out);
  }

  @Test
  void aMetricThatIsNotMeasuredIsNamed() {
    refused(
        "monitor: val_los is not measured (did you mean \"val_loss\"?)",
        "train",
        "--data=ionosphere",
        "--patience=2",
        "--monitor=val_los",
        "--out=" + folder.resolve("out"));
  }

  @Test
  void aScheduleMustBeGiven() {
    refused("give a schedule", "schedule", "--epochs", "3");
  }

  @Test
  void anUnknownCommandIsNamed() {
    refused("trian", "trian");
  }
}
