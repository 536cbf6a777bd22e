package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A command whose process is killed at random moments, and gone on with until it is done.
 *
 * @param folder where it writes, in folders of their own
 * @param name of the command
 * @param begun the file that says that there is something to go on with
 * @param options of it, but for {@code --out}
 * @param patience milliseconds in which a process is killed
 */
record KilledCommand(Path folder, String name, String begun, List<String> options, int patience) {
  /** What it leaves: all but the times, and where it was written. */
  String results(String run) throws IOException {
    return Files.readString(folder.resolve(run).resolve("results.json"))
        .replaceAll("\"(seconds|samples_per_second|created|command|version)\" : [^\n]*", "");
  }

  /** In the process of the test, to its end. */
  String leftAlone() throws IOException {
    Command command = Command.run(arguments("alone").toArray(String[]::new));
    assertEquals(0, command.exit(), command.err());
    return results("alone");
  }

  private List<String> arguments(String run) {
    List<String> arguments = new ArrayList<>(List.of(name, "--out=" + folder.resolve(run)));
    arguments.addAll(options);
    return arguments;
  }

  /** Kills so often; what is left each time must be the same as that of one left alone. */
  void killed(int times, long seed, String expected) throws Exception {
    Random random = new Random(seed);
    int killed = 0;
    for (int runs = 0; killed < times; runs++) {
      String run = seed + "-" + runs;
      Path out = folder.resolve(run);
      Path log = folder.resolve("log");
      boolean done = false;
      while (!done) {
        boolean goesOn = Files.exists(out.resolve(begun));
        Process process =
            CommandProcess.start(
                log, goesOn ? List.of("resume", out.toString(), "--threads=2") : arguments(run));
        if (killed < times && !process.waitFor(random.nextInt(patience), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          killed++;
        } else {
          assertEquals(0, process.waitFor(), Files.readString(log));
          done = true;
        }
      }
      assertEquals(expected, results(run), run);
    }
  }
}
