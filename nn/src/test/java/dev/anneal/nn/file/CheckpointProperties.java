package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CheckpointProperties {
  /** Held against the definition: the last few, and for each of them the best as of then. */
  @Property(tries = 300)
  void theLastFewAreKeptAndTheBestAsOfTheOldestOfThem(
      @ForAll @IntRange(min = 2, max = 5) int kept, @ForAll @Size(max = 12) List<Boolean> best)
      throws IOException {
    CrashingStorage storage = new CrashingStorage();
    CheckpointFolder folder = new CheckpointFolder(storage, CrashTest.RUN, kept, () -> {});
    for (int i = 0; i < best.size(); i++) {
      folder.write(i, TestFiles.numbered(i), best.get(i));
    }
    Set<String> expected = new TreeSet<>();
    int oldest = Math.max(0, best.size() - kept);
    for (int i = oldest; i < best.size(); i++) {
      expected.add(name(i, best.get(i)));
    }
    for (int i = oldest; i >= 0 && !best.isEmpty(); i--) {
      if (best.get(i)) {
        expected.add(name(i, true));
        break;
      }
    }
    assertEquals(expected, new TreeSet<>(storage.list(CrashTest.RUN.resolve("checkpoints"))));
  }

  private static String name(int position, boolean best) {
    return "step-%012d%s.safetensors".formatted(position, best ? ".best" : "");
  }
}
