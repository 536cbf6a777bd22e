package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs on a disk that is full, that nobody may write to, or whose folder is gone: they end with a
 * line that says why, and lose no checkpoint. The disk is a small one in memory, which only root
 * may mount.
 */
class NoSpaceTest {
  private static final List<String> OPTIONS =
      List.of(
          "--data=ionosphere",
          "--model=34-40-1",
          "--batch=8",
          "--threads=1",
          "--optimizer=adam(0.01)",
          "--checkpoint-every=7it",
          "--json");

  private static final int PAGE_KB = 4;
  private static final String FULL = "No space left on device";

  private static String weights = "";
  private static List<String> metrics = List.of();

  @TempDir static Path folder;

  private final Path disk = folder.resolve("disk");
  private final Path run = disk.resolve("run");

  @BeforeAll
  static void withAllTheSpaceThereIs() throws IOException {
    Path alone = folder.resolve("alone");
    assertEquals(0, train(alone, 20).exit());
    weights = weights(alone);
    metrics = metrics(alone);
  }

  @BeforeEach
  void mount() throws Exception {
    Files.createDirectories(disk);
    mount("-t", "tmpfs", "-o", "size=10m", "tmpfs");
  }

  private void mount(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(options));
    command.add(disk.toString());
    assumeTrue(call(command), "a small disk may not be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    call(List.of("umount", disk.toString()));
  }

  private static boolean call(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException _) {
      return false; // no such command
    }
  }

  private static Command train(Path out, int epochs) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--out=" + out, "--epochs=" + epochs));
    arguments.addAll(OPTIONS);
    return Command.run(arguments.toArray(String[]::new));
  }

  private static Command resume(Path run) {
    return Command.run("resume", run.toString(), "--threads=1", "--checkpoint-every=7it", "--json");
  }

  private static String weights(Path run) throws IOException {
    String summary = Files.readString(run.resolve("summary.json"));
    return JsonMapper.shared().readTree(summary).get("weights_sha256").asString();
  }

  /** All that is measured but the time it took. */
  private static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll("\"samples_per_second\":[^,}]*", ""))
        .toList();
  }

  private static void failed(Command command, String why) {
    assertNotEquals(0, command.exit());
    List<String> said =
        command.errLines().stream().dropWhile(line -> !line.startsWith("anneal: ")).toList();
    assertEquals(1, said.size(), command.err());
    assertTrue(said.getFirst().contains(why), command.err());
  }

  private void goesOn() throws IOException {
    Command command = Files.exists(run.resolve("spec.yaml")) ? resume(run) : train(run, 20);
    assertEquals(0, command.exit(), command.err());
    assertFalse(command.err().contains("warning"), command.err()); // of a damaged checkpoint
    assertEquals(weights, weights(run));
    assertEquals(metrics, metrics(run));
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The disk is full in the middle of each file in turn. */
  @Test
  void aDiskOfAnySizeThatIsTooSmall() throws Exception {
    int full = 0;
    int within = 0;
    for (int size = PAGE_KB; ; size += PAGE_KB) {
      unmount();
      mount("-t", "tmpfs", "-o", "size=" + size + "k", "tmpfs");
      Command command = train(run, 20);
      if (command.exit() == 0) {
        break;
      }
      full++;
      failed(command, FULL);
      within += checkpoints().isEmpty() ? 0 : 1;
      mount("-o", "remount,size=10m");
      goesOn();
    }
    String sizes = "%d sizes, %d of them after a checkpoint".formatted(full, within);
    System.out.println(sizes);
    assertTrue(full > 10 && within > 5, sizes);
  }

  /** A run that was stopped a few steps before its end; its checkpoints. */
  private List<String> stopped() throws IOException {
    assertEquals(0, train(run, 20).exit());
    Files.delete(run.resolve("summary.json"));
    Files.delete(run.resolve("model.safetensors"));
    Files.delete(run.resolve("checkpoints").resolve(checkpoints().getLast()));
    return checkpoints();
  }

  /** A file that takes all the space that is left. */
  private Path ballast() throws IOException {
    Path file = disk.resolve("ballast");
    try (OutputStream to = Files.newOutputStream(file)) {
      while (true) {
        to.write(new byte[PAGE_KB << 10]);
      }
    } catch (IOException e) {
      assertEquals(FULL, e.getMessage());
    }
    return file;
  }

  @Test
  void aFullDiskWhereARunIsToGoOn() throws Exception {
    List<String> before = stopped();
    Path ballast = ballast();
    failed(resume(run), FULL);
    assertEquals(before, checkpoints());
    Files.delete(ballast);
    goesOn();
  }

  @Test
  void aFullDiskWhereARunIsToReplaceAnother() throws Exception {
    assertEquals(0, train(run, 20).exit());
    List<String> before = checkpoints();
    ballast();
    failed(train(run, 30), FULL);
    assertEquals(before, checkpoints());
    assertEquals(weights, weights(run));
    assertEquals(metrics, metrics(run));
  }

  @Test
  void aDiskThatMayOnlyBeRead() throws Exception {
    List<String> before = stopped();
    mount("-o", "remount,ro");
    failed(resume(run), "Read-only file system");
    failed(train(disk.resolve("other"), 20), "Read-only file system");
    assertEquals(before, checkpoints());
    mount("-o", "remount,rw");
    goesOn();
  }

  @Test
  void aFolderThatIsRemovedMeanwhile() throws Exception {
    Thread remover =
        Thread.ofPlatform()
            .start(() -> {
              while (!Files.exists(run.resolve("metrics.jsonl"))) {
                Thread.onSpinWait();
              }
              boolean gone = false;
              while (!gone) {
                try (Stream<Path> files = Files.walk(run)) {
                  for (Path file : files.toList().reversed()) {
                    Files.deleteIfExists(file);
                  }
                  gone = true;
                } catch (IOException e) {
                  // a file has come or gone meanwhile
                }
              }
            });
    failed(train(run, 100_000), "no such file or folder");
    remover.join();
    goesOn();
  }
}
